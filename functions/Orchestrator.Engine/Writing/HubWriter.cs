using Microsoft.Extensions.Logging;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Writing;

/// <summary>The only connection that writes and checkpoints. What came in while the last commit was synced goes out in the next: one sync per group.</summary>
internal sealed partial class HubWriter : IDisposable
{
    private const int MaxGroup = 512;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly EngineParts _parts;
    private readonly SqliteDatabase _database;
    private readonly TaskHub.Witness _witness;
    private readonly HubTransaction _transaction;
    private readonly LogGrowth _log;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private List<WriteUnit> _waiting = [];
    private List<WriteUnit> _held = [];
    private IWriterWorker? _worker;
    private ITimer? _retry;
    private volatile bool _closing;
    private volatile Exception? _failure;

    public HubWriter(EngineParts parts, SqliteDatabase database, TaskHub.Witness witness, ILogger<HubWriter> logger)
    {
        _parts = parts;
        (_database, _witness) = (database, witness);
        _logger = logger;
        _log = new LogGrowth(parts, logger);
        _transaction = new HubTransaction(database, witness);
    }

    public void Start() => _worker = _parts.Options.Scheduler.StartWriter(Write);

    public void Submit(WriteUnit unit)
    {
        Exception? failure = null;
        lock (_gate)
        {
            if (_failure is null && !_closing)
            {
                _waiting.Add(unit);
                if (_waiting.Count > 1)
                {
                    return;
                }
            }
            else
            {
                failure = _failure ?? new TaskHub.TaskHubStoppedException(_parts.File.Path);
            }
        }

        if (failure is null)
        {
            _worker?.Signal();
        }
        else
        {
            unit.Failed(failure);
        }
    }

    public async Task<TResult> Ask<TResult>(WriteUnit<TResult> unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Submit(unit);
        return await unit.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Nothing more is accepted or acknowledged; an open transaction is lost, as in a crash.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
        }

        _worker?.Signal();
    }

    /// <summary>Writes what was submitted and ends.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closing = true;
        }

        _worker?.Signal();
        _worker?.Stop();
    }

    public void Dispose()
    {
        Close();
        _transaction.Dispose();
        _database.Dispose();
        _witness.Dispose();
        _retry?.Dispose();
    }

    private void Write()
    {
        List<WriteUnit> held = _held;
        _held = [];
        Commit(held);
        while (Take() is { Count: > 0 } units)
        {
            for (int start = 0; start < units.Count; start += MaxGroup)
            {
                Commit(units.GetRange(start, Math.Min(MaxGroup, units.Count - start)));
            }
        }
    }

    private List<WriteUnit> Take()
    {
        lock (_gate)
        {
            List<WriteUnit> units = _waiting;
            _waiting = [];
            return units;
        }
    }

    private void Commit(List<WriteUnit> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (_failure is { } failure)
        {
            group.ForEach(unit => unit.Failed(failure));
            return;
        }

        if (_held.Count > 0 || !TryCommit(group))
        {
            Hold(group);
        }
    }

    /// <summary>The disk is full. Callers are told; what the engine itself has to record waits for space.</summary>
    private void Hold(List<WriteUnit> group)
    {
        TaskHub.TaskHubFullException full = new(_parts.File.Path);
        group.RemoveAll(unit => unit.GiveUp(full));
        _held.AddRange(group);
        if (_closing)
        {
            Fail(new TaskHub.TaskHubFullException(_parts.File.Path));
            return;
        }

        _retry ??= _parts.Clock.CreateTimer(_ => _worker!.Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retry.Change(Retry, Timeout.InfiniteTimeSpan);
    }

    private bool TryCommit(List<WriteUnit> group)
    {
        try
        {
            long began = _parts.Clock.GetTimestamp();
            Append(group);
            EngineTelemetry.Commits.Add(1);
            EngineTelemetry.CommitSize.Record(group.Count);
            EngineTelemetry.CommitDuration.Record(_parts.Clock.GetElapsedTime(began).TotalMilliseconds);
            _log.Committed();
            At(CrashPoint.AfterCommit, group);
            foreach (WriteUnit unit in group)
            {
                At(CrashPoint.BeforeAcknowledge, unit);
                unit.Committed();
            }

            return true;
        }
        catch (SqliteFailure failure) when (failure.IsDiskFull)
        {
            LogDiskFull(_logger);
            _transaction.Rollback();
            return false;
        }
#pragma warning disable CA1031 // Whatever it was, memory and store may disagree now: stop, acknowledge nothing, recover on the next start.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _transaction.Rollback();
            _parts.Stop(failure);
            group.ForEach(unit => unit.Failed(_failure!));
            return true;
        }
    }

    private void Append(List<WriteUnit> group)
    {
        _transaction.Begin(_parts.Clock.GetUtcNow());
        foreach (WriteUnit unit in group)
        {
            At(CrashPoint.BeforeAppend, unit);
            unit.Execute(_transaction);
            At(CrashPoint.AfterAppend, unit);
        }

        _transaction.SealHead();
        At(CrashPoint.BeforeCommit, group);
        _transaction.Commit();
        At(CrashPoint.BeforeWitness, group);
        _transaction.CommitWitness();
    }

    private void At(CrashPoint point, List<WriteUnit> group)
    {
        if (_parts.Options.AtCrashPoint is not null)
        {
            group.ForEach(unit => At(point, unit));
        }
    }

    private void At(CrashPoint point, WriteUnit unit)
    {
        if (_parts.Options.AtCrashPoint is null)
        {
            return;
        }

        foreach (string name in unit.TaskNames.DefaultIfEmpty(""))
        {
            _parts.At(point, unit.InstanceId, name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The disk of the task hub is full. New work is refused; recorded work waits for space.")]
    private static partial void LogDiskFull(ILogger logger);
}
