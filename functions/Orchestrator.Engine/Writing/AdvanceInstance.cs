using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>What an orchestrator's code asked for in one turn: its steps, the starts of its children, and how its run ended.</summary>
internal sealed class AdvanceInstance(OrchestrationInstance instance, TurnOutcome outcome, bool unpark, bool first, long through) : WriteUnit
{
    private readonly List<HistoryRow> _next = [];

    public override string InstanceId => instance.Id;

    public override string TaskName => outcome.Actions.Count > 0 ? outcome.Actions[0].Name : "";

    public TurnOutcome Outcome => outcome;

    /// <summary>Last row written; null when the instance had been terminated before.</summary>
    public long? LastPosition { get; private set; }

    public List<(InstanceRow Instance, HistoryRow Started)> Children { get; } = [];

    /// <summary>Children whose id is in use.</summary>
    public List<OpenTask> Conflicts { get; } = [];

    public EndedInstance? End { get; private set; }

    /// <summary>First rows of the next run.</summary>
    public IReadOnlyList<HistoryRow> NextRun => _next;

    public override void Execute(HubTransaction hub)
    {
        (LastPosition, End) = (null, null);
        Children.Clear();
        Conflicts.Clear();
        _next.Clear();
        if (hub.Find(instance.Key) is not { HasEnded: false } stored)
        {
            return;
        }

        if (unpark)
        {
            hub.Unpark(instance.Key);
        }

        if (first && outcome.End is null)
        {
            hub.SetRunning(instance.Key);
        }

        if (outcome.CustomStatus is { } status)
        {
            hub.SetCustomStatus(instance.Key, status);
        }

        foreach (OpenTask action in outcome.Actions)
        {
            HistoryRow row = hub.Append(instance.Key, action.Kind, action.Id, action.Name, action.Payload, action.Reference);
            if (action.Kind == HistoryKind.SubOrchestrationInstanceCreated)
            {
                StartChild(hub, stored, action);
            }

            LastPosition = row.Position;
        }

        EndRun(hub, stored);
        LastPosition ??= 0;
    }

    public override void Committed() => instance.Advanced(this);

    private void StartChild(HubTransaction hub, InstanceRow parent, OpenTask action)
    {
        if (hub.Insert(action.Reference!, action.Name, new ParentTask(parent.Key, parent.Run, action.Id)) is not { } child)
        {
            Conflicts.Add(action);
            return;
        }

        Children.Add((child, hub.Append(child.Key, HistoryKind.ExecutionStarted, null, action.Name, action.Payload, child.Id)));
    }

    private void EndRun(HubTransaction hub, InstanceRow stored)
    {
        switch (outcome.End)
        {
            case RunEnd.Completed completed:
                End = hub.End(stored.Key, HistoryKind.ExecutionCompleted, null, completed.Output);
                break;
            case RunEnd.Failed failed:
                End = hub.End(stored.Key, HistoryKind.ExecutionFailed, failed.TaskId, FailureJson.Write(failed.Details));
                break;
            case RunEnd.ContinuedAsNew next:
                StartNextRun(hub, stored, next);
                break;
            default:
                break;
        }
    }

    private void StartNextRun(HubTransaction hub, InstanceRow stored, RunEnd.ContinuedAsNew next)
    {
        // What was acknowledged after the code's last turn belongs to the new run: it was never seen by the old one.
        IEnumerable<HistoryRow> late = hub.RowsAfter(stored.Key, through)
            .Where(row => row.Kind is HistoryKind.EventRaised or HistoryKind.ExecutionSuspended or HistoryKind.ExecutionResumed);
        List<HistoryRow> carried = [.. next.UnprocessedEvents, .. late];
        hub.Append(stored.Key, HistoryKind.ContinueAsNew);
        hub.Restart(stored.Key);
        _next.Add(hub.Append(stored.Key, HistoryKind.ExecutionStarted, null, stored.Name, next.Input, stored.Id));
        _next.AddRange(carried.Select(row => hub.Append(stored.Key, row.Kind, null, row.Name, row.Payload, row.Reference)));
        LastPosition = _next[^1].Position;
    }
}
