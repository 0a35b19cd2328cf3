using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records;

/// <summary>
/// The one writer: a thread that takes every queued change, up to a limit, into one transaction, syncs it, notes the head of the audit chain, and only then
/// acknowledges. A change that throws is undone alone; a commit that fails fails its whole group; an input/output error stops the writer, because after one
/// nobody knows what is on the disk.
/// </summary>
internal sealed class RecordsWriter : IAsyncDisposable
{
    private const int LargestGroup = 512;

    private readonly BlockingCollection<Change> _queue = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecordsConnection _connection;
    private readonly AuditHead _noted;
    private readonly AuditTail _tail;
    private volatile StoreUnavailableException? _broken;

    public RecordsWriter(RecordsConnection connection, AuditHead noted, AuditTail tail)
    {
        (_connection, _noted, _tail) = (connection, noted, tail);
        new Thread(Run) { IsBackground = true, Name = "records writer" }.Start();
    }

    /// <summary>Runs a change on the writer's thread; the task completes once it is on the disk.</summary>
    public Task<T> ChangeAsync<T>(Func<RecordsTransaction, T> change, CancellationToken cancellationToken)
    {
        if (_broken is { } why)
        {
            return Task.FromException<T>(why);
        }

        var queued = new Change<T>(change, cancellationToken);
        try
        {
            _queue.Add(queued, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteRecords)));
        }

        return queued.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _stopped.Task;
        _connection.Dispose();
        _noted.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        List<Change> group = [];
        foreach (Change first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < LargestGroup && _queue.TryTake(out Change? next))
            {
                group.Add(next);
            }

            Write(group);
            group.Clear();
        }

        _stopped.SetResult();
    }

    private void Write(List<Change> group)
    {
        (long Sequence, string Hash) before = (_tail.Sequence, _tail.Hash);
        try
        {
            if (_broken is { } why)
            {
                throw why;
            }

            _connection.Execute("BEGIN IMMEDIATE");
            foreach (Change change in group)
            {
                Apply(change);
            }

            _connection.Execute("COMMIT");
            if (_tail.Sequence != before.Sequence)
            {
                _noted.Note(_tail.Sequence, _tail.Hash);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong goes to everybody who waits; the thread has to live.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Undo(exception);
            (_tail.Sequence, _tail.Hash) = before;
            StoreFailureException failure = exception as StoreFailureException ?? RecordsFailures.OfWriting(exception);
            group.ForEach(change => change.Fail(failure));
            return;
        }

        group.ForEach(change => change.Acknowledge());
    }

    private void Apply(Change change)
    {
        (long Sequence, string Hash) before = (_tail.Sequence, _tail.Hash);
        _connection.Execute("SAVEPOINT change");
        if (!change.TryApply(new(_connection, _tail)))
        {
            _connection.Execute("ROLLBACK TO change");
            (_tail.Sequence, _tail.Hash) = before;
        }

        _connection.Execute("RELEASE change");
    }

    private void Undo(Exception exception)
    {
        if (exception is IOException or UnauthorizedAccessException or SqliteException { SqliteErrorCode: RecordsFailures.IoError or RecordsFailures.Corrupt })
        {
            _broken = new($"The disk failed under the records: {exception.Message}. Nothing more is written until the process is started again.", exception);
        }

        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself, or there was nothing to roll back.
        }
    }

    private abstract class Change
    {
        /// <summary>False when the change threw and is to be undone.</summary>
        public abstract bool TryApply(RecordsTransaction transaction);

        public abstract void Acknowledge();

        public abstract void Fail(Exception exception);
    }

    private sealed class Change<T>(Func<RecordsTransaction, T> change, CancellationToken cancellationToken) : Change
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _thrown;
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override bool TryApply(RecordsTransaction transaction)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                _result = change(transaction);
                return true;
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is RecordsFailures.IoError or RecordsFailures.Corrupt or RecordsFailures.Full)
            {
                // The disk is broken or full: the whole group fails.
                throw;
            }
#pragma warning disable CA1031 // The caller's own exception goes back to the caller.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _thrown = exception;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (_thrown is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                _completion.TrySetCanceled(cancellationToken);
            }
            else if (_thrown is not null)
            {
                _completion.TrySetException(_thrown);
            }
            else
            {
                _completion.TrySetResult(_result!);
            }
        }

        public override void Fail(Exception exception) => _completion.TrySetException(_thrown ?? exception);
    }
}
