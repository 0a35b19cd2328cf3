using System.Globalization;
using Azure.Data.Tables;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>Which version of the layout the tables have, in a row of their own. A version is added and never changed.</summary>
internal static class TableSchema
{
    private const int Version = 1;
    private const string Partition = "schema";
    private const string Row = "version";

    /// <exception cref="PermanentFailureException">A newer version of this product wrote the table.</exception>
    public static async Task PrepareAsync(RecordsTable table, CancellationToken cancellationToken)
    {
        TableEntity? found = await table.FindAsync(Partition, Row, cancellationToken);
        if (found is null)
        {
            // Whoever loses this race finds what the other one wrote.
            await table.TryTransactAsync([new(TableTransactionActionType.Add, new TableEntity(Partition, Row) { [Row] = Version })], cancellationToken);
            found = await table.FindAsync(Partition, Row, cancellationToken);
        }

        if (found?.GetInt32(Row) is not { } version || version > Version)
        {
            string written = found?.GetInt32(Row)?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
            throw new PermanentFailureException($"Table '{table.Name}' was written by a newer version of this product (records version {written}; this one knows {Version}). Start that version, or name another table.", "newer_version");
        }
    }
}
