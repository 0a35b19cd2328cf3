using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>The audit log in one partition.</summary>
internal sealed class TableAuditLog : IAuditLog
{
    private readonly RecordsTable _table;
    private readonly NotedHead _head;
    private readonly AuditAppender _appender;

    private TableAuditLog(RecordsTable table, NotedHead head, AuditAppender appender)
    {
        (_table, _head, _appender) = (table, head, appender);
        Pending = new PendingRecords(table, appender);
    }

    /// <summary>Entries that the other stores take together with a change.</summary>
    public PendingRecords Pending { get; }

    /// <summary>Finds the end of the log, and checks it against the noted head: the log may be ahead of it, never behind it or beside it.</summary>
    /// <exception cref="PermanentFailureException">Acknowledged records are missing from the end, or it was rewritten.</exception>
    public static async Task<TableAuditLog> OpenAsync(RecordsTable table, NotedHead head, Contention contention, TimeProvider clock, CancellationToken cancellationToken)
    {
        AuditPoint? noted = await head.ReadAsync(cancellationToken);
        AuditPoint tail = await FindTailAsync(table, noted, head.Place, cancellationToken);
        var log = new TableAuditLog(table, head, new AuditAppender(table, head, contention, tail));
        if (noted is null && await head.TryBeginAsync(tail, cancellationToken) && tail.Sequence > 0)
        {
            await log.AppendAsync(AuditChain.MarkGone(clock.GetUtcNow(), tail.Sequence), cancellationToken);
        }

        return log;
    }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => _appender.AppendAsync(entry, cancellationToken);

    public Task CatchUpAsync(CancellationToken cancellationToken) => Pending.CatchUpAsync(cancellationToken);

    public async IAsyncEnumerable<AuditRecord> ReadAsync(string? caseId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string index = caseId is null ? AuditRows.AllRecords : AuditRows.AllOfCase(caseId);
        IAsyncEnumerable<TableEntity> rows = _table.QueryAsync(AuditRows.Partition, index + "-", RowKeys.End(index), RecordsTable.LargestPage, cancellationToken);
        if (caseId is not null)
        {
            rows = _table.FindEachAsync(AuditRows.Partition, rows.Select(AuditRows.Target), cancellationToken);
        }

        await foreach (TableEntity row in rows.WithCancellation(cancellationToken))
        {
            AuditRecord record = AuditRows.Read(row);
            if (caseId is null || record.Entry.CaseId == caseId)
            {
                yield return record;
            }
        }
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        // The head is read first: what is appended during the walk lies beyond it. One that was moved back or removed is not believed.
        AuditPoint known = _appender.Tail;
        AuditPoint? noted = await _head.ReadAsync(cancellationToken);
        AuditPoint newest = noted is null || noted.Sequence < known.Sequence ? known : noted;
        return await AuditChain.VerifyAsync(ReadAsync(null, cancellationToken), (newest.Sequence, newest.Hash), cancellationToken);
    }

    private static async Task<AuditPoint> FindTailAsync(RecordsTable table, AuditPoint? noted, string headPlace, CancellationToken cancellationToken)
    {
        AuditPoint tail = AuditPoint.Start;
        bool seen = noted is null or { Sequence: 0 };
        await foreach (TableEntity row in table.QueryAsync(AuditRows.Partition, AuditRows.Record(noted?.Sequence ?? 0), RowKeys.End(AuditRows.AllRecords), RecordsTable.LargestPage, cancellationToken, AuditRows.Chain))
        {
            AuditPoint point = AuditRows.Point(row);
            seen |= point == noted;
            tail = point.Sequence > tail.Sequence ? point : tail;
        }

        return seen
            ? tail
            : throw new PermanentFailureException(
                $"Audit record {noted!.Sequence} was acknowledged, but table '{table.Name}' does not hold it as it was written: the end of the log was lost, cut off or rewritten. "
                + $"Restore the table from a backup; to go on without the lost records, delete {headPlace}: the next start puts that on the record.",
                "audit_tail_lost");
    }
}
