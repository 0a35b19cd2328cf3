using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

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
        IReadOnlyList<HistoryRow> rows = RewoundHistory.Effective(stored.Rows);
        lock (_gate)
        {
            _row = stored.Instance;
            _unpark = stored.Instance.Parked;
            _lastPosition = Math.Max(_lastPosition, stored.Rows[^1].Position);
        }

        OrchestrationRun run = NewRun(stored.Instance);
        long seen = Math.Max(stored.Instance.Processed, rows.LastOrDefault(row => row.Kind.IsAction())?.Position ?? 0);
        foreach (HistoryRow row in rows)
        {
            if (row.Kind.IsAction())
            {
                run.Apply(row, replaying: true);
            }
            else if (!run.HasEnded)
            {
                run.Apply(row, row.Position <= seen);
                _applied = row.Position;
            }
        }

        Resume(run, rows);
        return true;
    }

    /// <summary>Takes up the steps that were recorded and have no end.</summary>
    private void Resume(OrchestrationRun run, IReadOnlyList<HistoryRow> rows)
    {
        ILookup<int, HistoryRow> crashes = rows.Where(row => row.Kind == HistoryKind.TaskCrashed).ToLookup(row => row.TaskId!.Value);
        lock (_gate)
        {
            _run = run;
            if (run.HasEnded || _ended || _foreign)
            {
                return;
            }

            foreach (OpenTask task in run.Recorded)
            {
                switch (task.Kind)
                {
                    case HistoryKind.TaskScheduled:
                        ResumeActivity(task, crashes[task.Id].Count());
                        break;
                    case HistoryKind.TimerCreated:
                        _timers.Add(task.Id, task.Due);
                        _parts.Timers.Add(task.Due, Key, task.Id);
                        break;
                    default:
                        ResumeChild(task);
                        break;
                }
            }
        }
    }

    private void ResumeActivity(OpenTask activity, int crashes)
    {
        _activities.Add(activity.Id);
        if (crashes < _parts.Options.MaxCrashesPerActivity)
        {
            Begin(activity, _runNumber, crashes);
            return;
        }

        TaskFailureDetails failure = TaskFailureDetails.From(new ActivityQuarantinedException(activity.Name, crashes));
        Submit(new RecordCompletion(this, HistoryKind.TaskFailed, activity.Id, activity.Name, FailureJson.Write(failure), TakeUnpark()));
    }

    private void ResumeChild(OpenTask child)
    {
        // A start that found its id in use was followed by a failure that a crash may have swallowed; a purged child never answers.
        InstanceRow? stored = _parts.Reader.Find(child.Reference!);
        if (stored?.Parent != new ParentTask(Key, _runNumber, child.Id))
        {
            FailChild(child, stored is null ? new InstanceNotFoundException(child.Reference!) : new OrchestrationAlreadyExistsException(child.Reference!));
        }
    }
}
