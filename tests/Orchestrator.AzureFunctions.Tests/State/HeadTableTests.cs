using System.Xml.Linq;
using Azure.Data.Tables;
using Orchestrator.AzureFunctions.State;
using Orchestrator.Connectors.Tests.Records.Tables;

namespace Orchestrator.AzureFunctions.Tests.State;

/// <summary>What the instances of an app share, on Azurite.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class HeadTableTests(Azurite azurite)
{
    [AzuriteFact]
    public async Task Secret_AskedForByManyAtOnce_IsOneForAll()
    {
        TableClient table = await HeadTable.OpenAsync(azurite.Service(), CancellationToken.None);

        string[] secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HeadTable.SecretAsync(table, "shared", CancellationToken.None)));

        Assert.Single(secrets.Distinct());
        Assert.Equal(64, secrets[0].Length);
        Assert.NotEqual(secrets[0], await HeadTable.SecretAsync(table, "other", CancellationToken.None));
    }

    [AzuriteFact]
    public async Task KeyRing_WrittenByOneInstance_IsReadByAnother()
    {
        TableClient table = await HeadTable.OpenAsync(azurite.Service(), CancellationToken.None);
        XElement key = new("key", new XAttribute("id", Guid.NewGuid()), new XElement("descriptor", "secret & more"));

        new TableKeyRing(table).StoreElement(key, "key-" + Guid.NewGuid());

        Assert.Contains(new TableKeyRing(await HeadTable.OpenAsync(azurite.Service(), CancellationToken.None)).GetAllElements(), found => XNode.DeepEquals(found, key));
    }
}
