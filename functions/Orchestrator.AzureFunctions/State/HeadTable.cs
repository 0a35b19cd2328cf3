using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;

namespace Orchestrator.AzureFunctions.State;

/// <summary>The little that all instances of the app share beside task hub and records.</summary>
internal static class HeadTable
{
    private const string Name = "orchestratorhead";
    private const string Partition = "secret";
    private const string Value = "Value";

    public static async Task<TableClient> OpenAsync(TableServiceClient service, CancellationToken cancellationToken)
    {
        TableClient table = service.GetTableClient(Name);
        await table.CreateIfNotExistsAsync(cancellationToken);
        return table;
    }

    /// <summary>A secret of this app's own, made once: whichever instance came first made it for all.</summary>
    public static async Task<string> SecretAsync(TableClient table, string name, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, name) { [Value] = RandomNumberGenerator.GetHexString(64, lowercase: true) }, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Made before.
        }

        return (await table.GetEntityAsync<TableEntity>(Partition, name, cancellationToken: cancellationToken)).Value.GetString(Value);
    }
}
