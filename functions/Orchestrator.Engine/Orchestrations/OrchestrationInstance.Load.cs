using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

internal sealed partial class OrchestrationInstance
{
    /// <summary>Reads history and runs the code over it. Nothing begins before all of it agreed. False when there is no such living instance.</summary>
    private bool Load()
    {
        if (_parts.Reader.Load(Key) is not { Instance.HasEnded: false } stored)
        {
            return false;
        }

        EngineTelemetry.Replays.Add(1);
        long seen = Math.Max(stored.Instance.Processed, _applied);
        lock (_gate)
        {
            _row = stored.Instance;
            _unpark = stored.Instance.Parked;
            _applied = stored.Rows[^1].Position;
        }

        _parts.Instances.Known(this);
        IReadOnlyList<HistoryRow> rows = RewoundHistory.Effective(stored.Rows);
        seen = Math.Max(seen, rows.LastOrDefault(row => row.Kind.IsAction())?.Position ?? 0);
        OrchestrationRun run = NewRun(stored.Instance, rows);
        foreach (HistoryRow row in rows)
        {
            if (row.Kind.IsAction())
            {
                run.Apply(row, replaying: true);
            }
            else
            {
                run.Apply(row, row.Position <= seen);
            }
        }

        Resume(run, rows);
        return true;
    }

    /// <summary>Takes up the steps that were recorded and have no end, and that this process has not taken up before.</summary>
    private void Resume(OrchestrationRun run, IReadOnlyList<HistoryRow> rows)
    {
        ILookup<int, HistoryRow> crashes = rows.Where(row => row.Kind == HistoryKind.TaskCrashed).ToLookup(row => row.TaskId!.Value);
        List<(OpenTask Activity, int Crashes)> begin = [];
        lock (_gate)
        {
            _run = run;
            if (run.HasEnded || _gone || _foreign)
            {
                return;
            }

            foreach (OpenTask task in run.Recorded)
            {
                switch (task.Kind)
                {
                    case HistoryKind.TaskScheduled when _activities.Add(task.Id):
                        begin.Add((task, crashes[task.Id].Count()));
                        break;
                    case HistoryKind.TimerCreated when !IsArrived(task) && _timers.TryAdd(task.Id, task.Due):
                        _parts.Timers.Add(task.Due, Key, task.Id);
                        break;
                    case HistoryKind.SubOrchestrationInstanceCreated when !IsArrived(task):
                        ResumeChild(task);
                        break;
                    default:
                        break;
                }
            }
        }

        begin.ForEach(item => ResumeActivity(item.Activity, item.Crashes));
    }

    private bool IsArrived(OpenTask task) => _arrivals.Concat(_taken).Any(arrival => arrival.TaskId == task.Id);

    private void ResumeActivity(OpenTask activity, int crashes)
    {
        if (crashes < _parts.Options.MaxCrashesPerActivity)
        {
            Begin(activity, RunNumber, crashes);
            return;
        }

        TaskFailureDetails failure = TaskFailureDetails.From(new ActivityQuarantinedException(activity.Name, crashes));
        ActivityDone(RunNumber, activity.Id, activity.Name, HistoryKind.TaskFailed, FailureJson.Write(failure));
    }

    private void ResumeChild(OpenTask child)
    {
        // A start that found its id in use was followed by a failure that a crash may have swallowed; a purged child never answers.
        InstanceRow? stored = _parts.Reader.Find(child.Reference!);
        if (stored?.Parent != new ParentTask(Key, RunNumber, child.Id))
        {
            FailChild(child, stored is null ? new InstanceNotFoundException(child.Reference!) : new OrchestrationAlreadyExistsException(child.Reference!));
        }
    }
}
