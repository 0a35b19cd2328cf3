using Azure.Data.Tables;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// The end of the audit log as this process knows it. What waits is written together, as much as one transaction takes: records are added under their numbers, and whoever
/// adds a number first has it; the others read on from there and add again. An entry is acknowledged once it is stored and the head noted.
/// </summary>
internal sealed class AuditAppender(RecordsTable table, NotedHead head, Contention contention, AuditPoint tail)
{
    private const int MostRows = 100;

    /// <summary>A transaction takes 4 MiB; bodies travel as base64 in JSON.</summary>
    private const int LargestGroup = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _queue = [];
    private bool _writing;
    private volatile AuditPoint _tail = tail;

    /// <summary>The newest record that this process wrote or met.</summary>
    public AuditPoint Tail => _tail;

    /// <param name="cancellationToken">Counts until the entry is being written.</param>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => AppendAsync(entry, once: null, cancellationToken);

    /// <summary>Appends unless an entry was appended under this mark before, by whichever instance.</summary>
    /// <param name="cancellationToken">Counts until the entry is being written.</param>
    public Task AppendOnceAsync(AuditEntry entry, string mark, CancellationToken cancellationToken) => AppendAsync(entry, mark, cancellationToken);

    private Task AppendAsync(AuditEntry entry, string? once, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Waiting(entry, once, RowBody.Pack(entry, AgentsJson.Default.AuditEntry, $"An audit record of {entry.Tool}"), cancellationToken);
        lock (_gate)
        {
            _queue.Enqueue(waiting);
            if (!_writing)
            {
                // Owned by those who wait: how it ends is told to each of them.
                _writing = true;
                _ = Task.Run(WriteQueueAsync, CancellationToken.None);
            }
        }

        return waiting.Written.Task;
    }

    private async Task WriteQueueAsync()
    {
        while (NextGroup() is { Count: > 0 } group)
        {
            try
            {
                string mark = WriteMarks.New();
                await contention.SettleAsync(AuditRows.Partition, "the end of the audit log", () => TryWriteAsync(group, mark), CancellationToken.None);
                await head.NoteAsync(_tail, CancellationToken.None);
                group.ForEach(waiting => waiting.Written.TrySetResult());
            }
#pragma warning disable CA1031 // Whatever went wrong goes to everybody who waits; the queue goes on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                group.ForEach(waiting => waiting.Written.TrySetException(exception));
            }
        }
    }

    /// <summary>Empty when nothing waits; the next entry then starts the writing anew.</summary>
    private List<Waiting> NextGroup()
    {
        List<Waiting> group = [];
        lock (_gate)
        {
            (int rows, int size) = (0, 0);
            while (_queue.TryPeek(out Waiting? next) && (group.Count == 0 || (rows + next.Rows <= MostRows && size + next.Body.Length <= LargestGroup)))
            {
                _queue.Dequeue();
                if (next.Cancelled.IsCancellationRequested)
                {
                    next.Written.TrySetCanceled(next.Cancelled);
                    continue;
                }

                (rows, size) = (rows + next.Rows, size + next.Body.Length);
                group.Add(next);
            }

            _writing = group.Count > 0;
        }

        return group;
    }

    private async Task<bool> TryWriteAsync(List<Waiting> group, string mark)
    {
        List<TableTransactionAction> rows = [];
        HashSet<string> marks = [];
        AuditPoint last = _tail;
        foreach (Waiting waiting in group)
        {
            if (waiting.Once is { } once)
            {
                if (!marks.Add(once) || await table.FindAsync(AuditRows.Partition, AuditRows.Once(once), CancellationToken.None) is not null)
                {
                    continue;
                }

                rows.Add(new(TableTransactionActionType.Add, new TableEntity(AuditRows.Partition, AuditRows.Once(once))));
            }

            AuditRecord record = AuditChain.Seal(last.Sequence + 1, last.Hash, waiting.Entry);
            rows.Add(new(TableTransactionActionType.Add, AuditRows.Write(record, waiting.Body, mark)));
            if (waiting.Entry.CaseId is { } caseId)
            {
                // The record's row decides the race; a pointer that a cut tail left behind must not stand in the way.
                rows.Add(new(TableTransactionActionType.UpsertReplace, AuditRows.Pointer(caseId, record.Sequence)));
            }

            last = new(record.Sequence, record.Hash);
        }

        if (rows.Count == 0)
        {
            return true;
        }

        try
        {
            if (await table.TryTransactAsync(rows, CancellationToken.None))
            {
                _tail = last;
                return true;
            }
        }
        catch (TransientFailureException)
        {
            if (await FollowAsync(mark))
            {
                return true;
            }

            throw;
        }

        return await FollowAsync(mark);
    }

    /// <summary>Reads on to the end of the log.</summary>
    /// <returns>Whether the group of this mark is there: written, and the answer lost.</returns>
    private async Task<bool> FollowAsync(string mark)
    {
        bool written = false;
        await foreach (TableEntity row in table.QueryAsync(AuditRows.Partition, AuditRows.Record(_tail.Sequence + 1), RowKeys.End(AuditRows.AllRecords), RecordsTable.LargestPage, CancellationToken.None, AuditRows.Chain))
        {
            written |= WriteMarks.Has(row, mark);
            if (AuditRows.Point(row) is { } point && point.Sequence > _tail.Sequence)
            {
                _tail = point;
            }
        }

        return written;
    }

    private sealed record Waiting(AuditEntry Entry, string? Once, byte[] Body, CancellationToken Cancelled)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Rows => 1 + (Entry.CaseId is null ? 0 : 1) + (Once is null ? 0 : 1);
    }
}
