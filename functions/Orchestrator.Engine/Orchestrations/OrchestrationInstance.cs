using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// An instance in memory. Committed rows come in, its code runs over them in one turn at a time, and what it asks for goes to the writer;
/// steps begin once they are recorded. The gate guards its state and the order of its writes, never the orchestrator's code.
/// </summary>
internal sealed partial class OrchestrationInstance
{
    private readonly EngineParts _parts;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly HashSet<int> _activities = [];
    private readonly Dictionary<int, DateTimeOffset> _timers = [];
    private List<HistoryRow> _inbox = [];
    private OrchestrationRun? _run;
    private InstanceRow? _row;
    private long _lastPosition, _applied;
    private int _runNumber, _writes;
    private bool _scheduled, _ended, _switching, _parking, _gone, _foreign, _unpark, _wake;

    public OrchestrationInstance(EngineParts parts, long key)
    {
        _parts = parts;
        _logger = parts.Loggers.CreateLogger<OrchestrationInstance>();
        Key = key;
        IdleNode = new(this);
    }

    public OrchestrationInstance(EngineParts parts, InstanceRow row)
        : this(parts, row.Key)
    {
        _row = row;
        _run = NewRun(row);
    }

    public long Key { get; }

    public string Id => _row?.Id ?? "";

    public LinkedListNode<OrchestrationInstance> IdleNode { get; }

    private bool IsIdle => !_scheduled && !_ended && !_switching && !_parking && _inbox.Count == 0 && _activities.Count == 0 && _writes == 0 && _run is not null;

    /// <summary>On the writer's thread. False when it left memory: look again.</summary>
    public bool Deliver(HistoryRow row)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            _lastPosition = Math.Max(_lastPosition, row.Position);
            if (row.Kind == HistoryKind.ExecutionTerminated)
            {
                Leave();
            }
            else if (!_ended && !_switching)
            {
                _inbox.Add(row);
                Schedule();
            }

            return true;
        }
    }

    /// <summary>False when it left memory: look again.</summary>
    public bool Wake()
    {
        lock (_gate)
        {
            if (!_gone && _run is null && !_ended)
            {
                _wake = true;
                Schedule();
            }

            return !_gone;
        }
    }

    public void TakeTurn()
    {
        try
        {
            while (TakeInbox() is { } rows)
            {
                Finish(Run(rows));
            }
        }
        catch (TaskHubStoppedException)
        {
            // The next start takes this turn again.
        }
#pragma warning disable CA1031 // Orchestrator code cannot throw to here: the store or this engine is broken.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _parts.Stop(failure);
        }
    }

    private void Schedule()
    {
        if (!_scheduled)
        {
            _scheduled = true;
            _parts.Instances.Busy(this);
            _parts.Instances.Turns.Schedule(this);
        }
    }

    private List<HistoryRow>? TakeInbox()
    {
        lock (_gate)
        {
            bool work = _inbox.Count > 0 || _wake || _foreign;
            if (_ended || _gone || _switching || !work)
            {
                _scheduled = false;
            }
            else
            {
                List<HistoryRow> rows = _inbox;
                _inbox = [];
                _wake = false;
                return rows;
            }
        }

        RestIfIdle();
        return null;
    }

    private void RestIfIdle()
    {
        bool idle;
        lock (_gate)
        {
            idle = IsIdle;
        }

        if (idle)
        {
            _parts.Instances.Idle(this);
        }
    }

    /// <summary>Runs the code over new rows. Null when the instance is none that lives.</summary>
    private TurnOutcome? Run(List<HistoryRow> rows)
    {
        try
        {
            if (_run is null && !Load())
            {
                return null;
            }

            _parts.At(CrashPoint.BeforeTurn, Id, _row!.Name);
            foreach (HistoryRow row in rows)
            {
                if (row.Position > _applied && !_run!.HasEnded)
                {
                    _run.Apply(row, replaying: false);
                    _applied = row.Position;
                }
            }

            TurnOutcome outcome = _run!.Take();
            _parts.At(CrashPoint.AfterTurn, Id, _row.Name);
            return outcome;
        }
        catch (NonDeterministicOrchestrationException changed)
        {
            LogNonDeterministic(_logger, Id, changed.Message);
            return TurnOutcome.Failure(TaskFailureDetails.From(changed));
        }
        catch (Exception failure) when (failure is not (SqliteFailure or TaskHubStoppedException))
        {
            LogUnreadable(_logger, Id, failure);
            return TurnOutcome.Failure(TaskFailureDetails.From(failure));
        }
    }

    private void Finish(TurnOutcome? outcome)
    {
        lock (_gate)
        {
            if (_ended || _gone)
            {
                return;
            }

            if (outcome is null)
            {
                Leave();
                return;
            }

            if (_foreign)
            {
                ForeignTaskException foreign = new(_row!.Name, Id);
                LogForeign(_logger, Id, _row.Name);
                outcome = TurnOutcome.Failure(TaskFailureDetails.From(foreign));
            }

            Note(outcome);
            bool first = _row!.Status == OrchestrationRuntimeStatus.Pending;
            if (outcome.IsEmpty && !first)
            {
                return;
            }

            _row = _row with { Status = OrchestrationRuntimeStatus.Running };
            _switching = outcome.End is RunEnd.ContinuedAsNew;
            _ended = outcome.End is not null && !_switching;
            Submit(new AdvanceInstance(this, outcome, TakeUnpark(), first, _applied));
        }
    }

    private void Note(TurnOutcome outcome)
    {
        foreach (OpenTask cancelled in outcome.CancelledTimers)
        {
            if (_timers.Remove(cancelled.Id))
            {
                _parts.Timers.Remove(cancelled.Due, Key, cancelled.Id);
            }
        }

        foreach (OpenTask action in outcome.Actions)
        {
            if (action.Kind == HistoryKind.TaskScheduled)
            {
                _activities.Add(action.Id);
            }
            else if (action.Kind == HistoryKind.TimerCreated && action.IsOpen)
            {
                _timers.Add(action.Id, action.Due);
            }
        }
    }

    private void Submit(WriteUnit unit)
    {
        _writes++;
        _parts.Writer.Submit(unit);
    }

    private bool TakeUnpark()
    {
        bool unpark = _unpark;
        _unpark = false;
        return unpark;
    }

    private void Leave()
    {
        _ended = _gone = true;
        foreach ((int id, DateTimeOffset due) in _timers)
        {
            _parts.Timers.Remove(due, Key, id);
        }

        _timers.Clear();
        _parts.Instances.Remove(this);
    }

    private void OnForeignTask()
    {
        lock (_gate)
        {
            if (!_ended && !_gone)
            {
                _foreign = true;
                Schedule();
            }
        }
    }

    private OrchestrationRun NewRun(InstanceRow row)
    {
        _runNumber = row.Run;
        return new OrchestrationRun(_parts, row.Id, row.Name, row.Run, row.CustomStatus, OnForeignTask);
    }
}
