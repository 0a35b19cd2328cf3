using Azure;
using Azure.Data.Tables;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Audit entries on their way. The chain is a partition of its own, and a transaction holds one partition only: so a change carries its entry along in a row
/// <c>p-&lt;mark&gt;</c> beside it; then the entry is appended, once under that mark whoever does it and however often, and then the row goes.
/// </summary>
internal sealed class PendingRecords(RecordsTable table, AuditAppender appender)
{
    private const string All = "p";

    private static readonly string[] Partitions = [ApprovalRows.Partition, CaseRows.Partition];

    /// <summary>What the change's transaction has to add.</summary>
    public static TableTransactionAction Row(string partition, string mark, AuditEntry entry)
    {
        var row = new TableEntity(partition, Of(mark));
        RowBody.Put(row, RowBody.Pack(entry, AgentsJson.Default.AuditEntry, $"An audit record of {entry.Tool}"));
        return new(TableTransactionActionType.Add, row);
    }

    /// <summary>Appends the entry of a change that is stored. When the log can't be written now, the row stays for <see cref="CatchUpAsync"/>.</summary>
    public async Task AppendAsync(string partition, string mark, AuditEntry entry)
    {
        try
        {
            await SettleAsync(partition, mark, entry);
        }
        catch (OutsideFailureException)
        {
            // The change and its entry are stored together: nothing is lost, and whoever decided must not hear that they did not. What lasts is said by whoever catches up.
        }
    }

    /// <summary>Appends what crashes left behind, also while other instances do.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (string partition in Partitions)
        {
            await foreach (TableEntity row in table.QueryAsync(partition, All + "-", RowKeys.End(All), RecordsTable.LargestPage, cancellationToken))
            {
                await SettleAsync(partition, row.RowKey[(All.Length + 1)..], RowBody.Read(row, AgentsJson.Default.AuditEntry));
            }
        }
    }

    private async Task SettleAsync(string partition, string mark, AuditEntry entry)
    {
        await appender.AppendOnceAsync(entry, mark, CancellationToken.None);

        // False when somebody else removed it first.
        await table.TryTransactAsync([new(TableTransactionActionType.Delete, new TableEntity(partition, Of(mark)), ETag.All)], CancellationToken.None);
    }

    private static string Of(string mark) => $"{All}-{mark}";
}
