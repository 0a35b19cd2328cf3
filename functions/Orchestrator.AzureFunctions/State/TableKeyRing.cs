using System.Xml.Linq;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Orchestrator.AzureFunctions.State;

/// <summary>
/// The keys that protect forms and sessions, shared by all instances of the app, in a table that only its identity opens. They guard no secret of the business:
/// who has them could forge a form token, which decides nothing without a sign-in.
/// </summary>
internal sealed class TableKeyRing(TableClient table) : IXmlRepository
{
    private const string Partition = "key-ring";
    private const string Xml = "Xml";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. table.Query<TableEntity>(row => row.PartitionKey == Partition).Select(row => XElement.Parse(row.GetString(Xml)))];

    public void StoreElement(XElement element, string friendlyName) =>
        table.UpsertEntity(new TableEntity(Partition, friendlyName) { [Xml] = element.ToString(SaveOptions.DisableFormatting) });
}
