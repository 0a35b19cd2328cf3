using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Activities;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

internal sealed partial class OrchestrationInstance
{
    /// <summary>A turn is recorded: what it asked for may begin. Or it is not, and is taken again over the history as it is.</summary>
    public void Advanced(AdvanceInstance turn)
    {
        List<OpenTask> begin = [];
        bool run;
        int runNumber;
        lock (_gate)
        {
            _write = null;
            if (_gone)
            {
                return;
            }

            if (turn.InstanceIsGone)
            {
                Leave();
                return;
            }

            foreach (Arrival arrival in turn.Arrivals.Where(arrival => arrival.TaskId is not null))
            {
                _activities.Remove(arrival.TaskId!.Value);
            }

            runNumber = RunNumber;
            if (turn.TurnIsRecorded)
            {
                _applied = turn.LastPosition;
                _unpark = false;
                _row = _row! with { Status = OrchestrationRuntimeStatus.Running };
                begin.AddRange(TakeUp(turn));
            }
            else
            {
                Forget(turn.Outcome);
            }

            run = Schedule();
        }

        _parts.Starts.Notify(Id);
        begin.ForEach(activity => Begin(activity, runNumber, crashes: 0));
        foreach ((InstanceRow child, HistoryRow started) in turn.Children)
        {
            EngineTelemetry.Started.Add(1);
            _parts.Instances.Begin(child, started);
        }

        if (turn.End is not null)
        {
            _parts.Instances.Ended(turn.End);
        }

        TakeTurnSoon(run);
        RestIfIdle();
    }

    /// <summary>An activity came back. Its result counts only for the run that asked for it.</summary>
    public void ActivityDone(int run, int taskId, string name, HistoryKind kind, string payload)
    {
        bool turn;
        lock (_gate)
        {
            if (_gone || run != RunNumber || !_activities.Contains(taskId))
            {
                return;
            }

            _arrivals.Add(new Arrival(kind, run, taskId, name, payload));
            turn = Schedule();
        }

        if (turn)
        {
            _parts.Instances.Busy(this);
            _parts.Instances.Turns.TakeHere(this);
        }
    }

    public void TimerDue(int taskId)
    {
        bool turn;
        lock (_gate)
        {
            if (_gone || _parking || !_timers.Remove(taskId))
            {
                return;
            }

            _arrivals.Add(new Arrival(HistoryKind.TimerFired, RunNumber, taskId, "timer", null));
            turn = Schedule();
        }

        TakeTurnSoon(turn);
    }

    public void TryPark()
    {
        lock (_gate)
        {
            // One that a timer is about to call stays: parked, it would be woken by that timer only to be parked before the timer fires, for ever.
            DateTimeOffset? wake = _timers.Count == 0 ? null : _timers.Values.Min();
            if (IsIdle && (wake is null || wake > _parts.Clock.GetUtcNow()))
            {
                _parking = true;
                _parts.Writer.Submit(new ParkInstance(this, _applied, wake));
            }
        }
    }

    /// <param name="parked">False when something came for it meanwhile: it stays.</param>
    public void Parked(bool parked, DateTimeOffset? wake)
    {
        bool run;
        lock (_gate)
        {
            _parking = false;
            if (_gone)
            {
                return;
            }

            if (parked && !HasWork)
            {
                Leave();
                if (wake is { } due)
                {
                    _parts.Timers.Add(due, Key, -1);
                }

                return;
            }

            _unpark = parked;
            foreach ((int id, DateTimeOffset due) in _timers)
            {
                _parts.Timers.Add(due, Key, id);
            }

            run = Schedule();
        }

        TakeTurnSoon(run);
    }

    private List<OpenTask> TakeUp(AdvanceInstance turn)
    {
        if (turn.End is not null)
        {
            Leave();
            return [];
        }

        if (turn.NextRun.Count > 0)
        {
            StartNextRun(turn.NextRun);
            return [];
        }

        foreach (OpenTask timer in turn.Outcome.Actions.Where(action => action.Kind == HistoryKind.TimerCreated))
        {
            if (_timers.TryGetValue(timer.Id, out DateTimeOffset due))
            {
                _parts.Timers.Add(due, Key, timer.Id);
            }
        }

        turn.Conflicts.ForEach(conflict => FailChild(conflict, new OrchestrationAlreadyExistsException(conflict.Reference!)));
        return [.. turn.Outcome.Actions.Where(action => action.Kind == HistoryKind.TaskScheduled)];
    }

    /// <summary>What the code did last did not happen. It is run anew over all of history.</summary>
    private void Forget(TurnOutcome outcome)
    {
        foreach (OpenTask action in outcome.Actions)
        {
            _activities.Remove(action.Id);
            _timers.Remove(action.Id);
        }

        _run = null;
        _ended = _foreign = false;
        _wake = true;
    }

    private void StartNextRun(IReadOnlyList<HistoryRow> rows)
    {
        foreach ((int id, DateTimeOffset due) in _timers)
        {
            _parts.Timers.Remove(due, Key, id);
        }

        _timers.Clear();
        _activities.Clear();
        _row = _row! with { Run = _row.Run + 1, RunStart = rows[0].Position, CustomStatus = _run!.CustomStatus };
        _run = NewRun(_row, []);
        _applied = rows[0].Position - 1;
        _inbox.InsertRange(0, rows);
    }

    private void FailChild(OpenTask child, Exception why) => _arrivals.Add(new Arrival(
        HistoryKind.SubOrchestrationInstanceFailed,
        RunNumber,
        child.Id,
        child.Name,
        FailureJson.Write(TaskFailureDetails.From(why))));

    private void Begin(OpenTask activity, int run, int crashes) =>
        _parts.Activities.Enqueue(new ActivityWork(this, run, activity.Id, activity.Name, activity.Payload, crashes));
}
