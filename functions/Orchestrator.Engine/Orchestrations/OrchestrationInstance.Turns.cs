using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

internal sealed partial class OrchestrationInstance
{
    public void TakeTurn()
    {
        List<Arrival> arrivals = [];
        try
        {
            while (TakeWork(out List<HistoryRow> rows, out arrivals))
            {
                List<(Arrival, HistoryRow)> recorded = new(arrivals.Count);
                arrivals.ForEach(arrival => recorded.Add((arrival, arrival.ToRow(Key, _parts.Clock.GetUtcNow()))));
                Finish(recorded, Run(rows, recorded));
            }
        }
        catch (TaskHubStoppedException)
        {
            // The next start takes this turn again; who waits for an event of it is told.
            arrivals.ForEach(Resubmit);
        }
#pragma warning disable CA1031 // Orchestrator code cannot throw to here: the store or this engine is broken.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _parts.Stop(failure);
            arrivals.ForEach(Resubmit);
        }
    }

    private bool TakeWork(out List<HistoryRow> rows, out List<Arrival> arrivals)
    {
        lock (_gate)
        {
            _arrivals.RemoveAll(arrival => !arrival.HasCaller && arrival.Run != RunNumber);
            if (!_gone && !_ended && _write is null && HasWork)
            {
                (rows, _inbox) = (_inbox, []);
                (arrivals, _taken, _arrivals) = (_arrivals, _arrivals, []);
                _wake = false;
                return true;
            }

            _scheduled = false;
            (rows, arrivals) = ([], []);
        }

        RestIfIdle();
        return false;
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
    private TurnOutcome? Run(List<HistoryRow> rows, List<(Arrival Arrival, HistoryRow Row)> arrivals)
    {
        try
        {
            if (_run is null && !Load())
            {
                return null;
            }

            _parts.At(CrashPoint.BeforeTurn, Id, Name);
            foreach (HistoryRow row in rows)
            {
                if (row.Position > _applied)
                {
                    _run!.Apply(row, replaying: false);
                    _applied = row.Position;
                }
            }

            foreach ((_, HistoryRow row) in arrivals)
            {
                _run!.Apply(row, replaying: false);
            }

            TurnOutcome outcome = _run!.Take();
            _parts.At(CrashPoint.AfterTurn, Id, Name);
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

    private void Finish(List<(Arrival Arrival, HistoryRow Row)> arrivals, TurnOutcome? outcome)
    {
        lock (_gate)
        {
            if (outcome is null && !_gone)
            {
                Leave();
            }

            if (!_gone)
            {
                Submit(arrivals, outcome!);
                return;
            }
        }

        arrivals.ForEach(item => Resubmit(item.Arrival));
    }

    private void Submit(List<(Arrival Arrival, HistoryRow Row)> arrivals, TurnOutcome outcome)
    {
        if (_foreign)
        {
            ForeignTaskException foreign = new(Name, Id);
            LogForeign(_logger, Id, Name);
            outcome = TurnOutcome.Failure(TaskFailureDetails.From(foreign));
        }

        bool first = _row!.Status == OrchestrationRuntimeStatus.Pending;
        if (outcome.IsEmpty && !first && arrivals.Count == 0)
        {
            return;
        }

        Note(outcome);
        _ended = outcome.End is not (null or RunEnd.ContinuedAsNew);
        _write = new AdvanceInstance(this, arrivals, outcome, _applied, _unpark, first);
        _parts.Writer.Submit(_write);
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
}
