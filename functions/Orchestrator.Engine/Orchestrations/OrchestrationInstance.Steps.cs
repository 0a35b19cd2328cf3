using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Activities;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

internal sealed partial class OrchestrationInstance
{
    /// <summary>A turn is recorded: what it asked for may begin.</summary>
    public void Advanced(AdvanceInstance turn)
    {
        List<OpenTask> begin = [];
        int run;
        lock (_gate)
        {
            _writes--;
            run = _runNumber;
            if (turn.LastPosition is null)
            {
                return;
            }

            _lastPosition = Math.Max(_lastPosition, turn.LastPosition.Value);
            foreach (OpenTask action in turn.Outcome.Actions)
            {
                if (action.Kind == HistoryKind.TaskScheduled)
                {
                    begin.Add(action);
                }
                else if (action.Kind == HistoryKind.TimerCreated && _timers.TryGetValue(action.Id, out DateTimeOffset due))
                {
                    _parts.Timers.Add(due, Key, action.Id);
                }
            }

            if (turn.NextRun.Count > 0)
            {
                StartNextRun(turn.NextRun);
            }

            if (turn.End is not null)
            {
                Leave();
            }

            foreach (OpenTask conflict in turn.Conflicts)
            {
                FailChild(conflict, new OrchestrationAlreadyExistsException(conflict.Reference!));
            }
        }

        _parts.Starts.Notify(Id);
        begin.ForEach(activity => Begin(activity, run, crashes: 0));
        foreach ((InstanceRow child, HistoryRow started) in turn.Children)
        {
            EngineTelemetry.Started.Add(1);
            _parts.Instances.Begin(child, started);
        }

        if (turn.End is not null)
        {
            _parts.Instances.Ended(turn.End);
        }

        RestIfIdle();
    }

    /// <summary>An activity came back. Its result counts only for the run that asked for it, and once.</summary>
    public void ActivityDone(int run, int taskId, string name, HistoryKind kind, string payload)
    {
        lock (_gate)
        {
            if (!_ended && !_switching && run == _runNumber && _activities.Contains(taskId))
            {
                Submit(new RecordCompletion(this, kind, taskId, name, payload, TakeUnpark()));
            }
        }
    }

    public void TimerDue(int taskId)
    {
        lock (_gate)
        {
            if (!_ended && !_switching && !_parking && _timers.Remove(taskId))
            {
                Submit(new RecordCompletion(this, HistoryKind.TimerFired, taskId, "timer", null, TakeUnpark()));
            }
        }
    }

    /// <summary>A step's end is recorded; null when the instance had ended before.</summary>
    public void Completed(HistoryRow? row)
    {
        lock (_gate)
        {
            _writes--;
            if (row is not null)
            {
                if (row.Kind is HistoryKind.TaskCompleted or HistoryKind.TaskFailed)
                {
                    _activities.Remove(row.TaskId!.Value);
                }

                Deliver(row);
            }
        }
    }

    public void TryPark()
    {
        lock (_gate)
        {
            if (IsIdle)
            {
                _parking = true;
                Submit(new ParkInstance(this, _lastPosition, _applied, _timers.Count == 0 ? null : _timers.Values.Min()));
            }
        }
    }

    /// <param name="parked">False when something came for it meanwhile: it stays.</param>
    public void Parked(bool parked, DateTimeOffset? wake)
    {
        lock (_gate)
        {
            _writes--;
            _parking = false;
            if (_ended || _gone)
            {
                return;
            }

            if (parked)
            {
                Leave();
                if (wake is { } due)
                {
                    _parts.Timers.Add(due, Key, -1);
                }
            }
            else
            {
                foreach ((int id, DateTimeOffset due) in _timers)
                {
                    _parts.Timers.Add(due, Key, id);
                }
            }
        }
    }

    private void StartNextRun(IReadOnlyList<HistoryRow> rows)
    {
        foreach ((int id, DateTimeOffset due) in _timers)
        {
            _parts.Timers.Remove(due, Key, id);
        }

        _timers.Clear();
        _activities.Clear();
        _inbox.Clear();
        _row = _row! with { Run = _row.Run + 1, RunStart = rows[0].Position, CustomStatus = _run!.CustomStatus };
        _run = NewRun(_row);
        _switching = false;
        _inbox.AddRange(rows);
        Schedule();
    }

    private void FailChild(OpenTask child, Exception why) => Submit(new RecordCompletion(
        this,
        HistoryKind.SubOrchestrationInstanceFailed,
        child.Id,
        child.Name,
        FailureJson.Write(TaskFailureDetails.From(why)),
        TakeUnpark()));

    private void Begin(OpenTask activity, int run, int crashes) =>
        _parts.Activities.Enqueue(new ActivityWork(this, run, activity.Id, activity.Name, activity.Payload, crashes));
}
