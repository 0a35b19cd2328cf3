using Azure.Data.Tables;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Sequence and hash of the newest acknowledged audit record, noted outside the log in a table of its own, so that a cut tail is found. Moved forwards only.
/// </summary>
internal sealed class NotedHead(RecordsTable table, Contention contention)
{
    private const string Partition = "audit";
    private const string Row = "head";
    private const string Sequence = "Sequence";
    private const string Hash = "Hash";

    public string Place => $"row '{Row}' of table '{table.Name}'";

    public async Task<AuditPoint?> ReadAsync(CancellationToken cancellationToken) =>
        await table.FindAsync(Partition, Row, cancellationToken) is { } row ? PointIn(row) : null;

    /// <summary>Notes the first head.</summary>
    /// <returns>False when there was one.</returns>
    public Task<bool> TryBeginAsync(AuditPoint point, CancellationToken cancellationToken) =>
        table.TryTransactAsync([new(TableTransactionActionType.Add, RowOf(point))], cancellationToken);

    /// <summary>Notes the head unless a newer one is noted.</summary>
    public Task NoteAsync(AuditPoint point, CancellationToken cancellationToken) => contention.SettleAsync(
        Row,
        "the head of the audit log",
        async () =>
        {
            TableEntity? noted = await table.FindAsync(Partition, Row, cancellationToken);
            if (noted is null)
            {
                return await TryBeginAsync(point, cancellationToken);
            }

            return PointIn(noted).Sequence >= point.Sequence
                || await table.TryTransactAsync([new(TableTransactionActionType.UpdateReplace, RowOf(point), noted.ETag)], cancellationToken);
        },
        cancellationToken);

    private static TableEntity RowOf(AuditPoint point) => new(Partition, Row) { [Sequence] = point.Sequence, [Hash] = point.Hash };

    private static AuditPoint PointIn(TableEntity row) => new(row.GetInt64(Sequence) ?? 0, row.GetString(Hash) ?? "");
}
