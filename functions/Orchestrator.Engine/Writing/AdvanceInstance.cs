using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>
/// What came to an instance and what its code made of it in one turn: the rows that arrived, the steps asked for, the starts of children, the end of the run.
/// The turn ran on the history up to <paramref name="through"/>. Where something else was recorded since, what arrived is recorded without the turn, which is run anew.
/// </summary>
/// <param name="arrivals">Rows that have no place yet, each with what it came from.</param>
internal sealed class AdvanceInstance(OrchestrationInstance instance, List<(Arrival Arrival, HistoryRow Row)> arrivals, TurnOutcome outcome, long through, bool unpark, bool first) : WriteUnit
{
    private readonly List<HistoryRow> _next = [];
    private bool _turnRefused;
    private Exception? _refusal;

    public override string InstanceId => instance.Id;

    public override IEnumerable<string> TaskNames => [.. arrivals.Select(item => item.Row.Name!), .. outcome.Actions.Select(action => action.Name)];

    public TurnOutcome Outcome => outcome;

    public IEnumerable<Arrival> Arrivals => arrivals.Select(item => item.Arrival);

    /// <summary>The turn was recorded. Otherwise it is to be run again over the history as it is.</summary>
    public bool TurnIsRecorded { get; private set; }

    /// <summary>There is no such living instance any more.</summary>
    public bool InstanceIsGone => _refusal is not null;

    public long LastPosition { get; private set; }

    public List<(InstanceRow Instance, HistoryRow Started)> Children { get; } = [];

    /// <summary>Children whose id is in use.</summary>
    public List<OpenTask> Conflicts { get; } = [];

    public EndedInstance? End { get; private set; }

    /// <summary>First rows of the next run.</summary>
    public IReadOnlyList<HistoryRow> NextRun => _next;

    public override void Execute(HubTransaction hub)
    {
        (LastPosition, End, _refusal) = (through, null, null);
        Children.Clear();
        Conflicts.Clear();
        _next.Clear();
        TurnIsRecorded = !_turnRefused && hub.LastPosition(instance.Key) == through;
        if (!TurnIsRecorded && hub.Find(instance.Key) is not { HasEnded: false })
        {
            _refusal = hub.Find(instance.Key) is null ? new InstanceNotFoundException(instance.Id) : new InstanceCompletedException(instance.Id);
            return;
        }

        if (unpark)
        {
            hub.Unpark(instance.Key);
        }

        foreach ((Arrival arrival, HistoryRow row) in arrivals)
        {
            if (arrival is { HasCaller: true, Reference: { } eventId } && !hub.Receive(instance.Key, eventId))
            {
                // The code saw it a second time.
                TurnIsRecorded = false;
                continue;
            }

            LastPosition = hub.Append(row);
        }

        if (TurnIsRecorded)
        {
            RecordTurn(hub);
        }
    }

    public override void Committed()
    {
        foreach ((Arrival arrival, _) in arrivals)
        {
            if (_refusal is null)
            {
                arrival.Acknowledge();
            }
            else
            {
                arrival.Refuse(_refusal);
            }
        }

        instance.Advanced(this);
    }

    public override void Failed(Exception failure) => arrivals.ForEach(item => item.Arrival.Refuse(failure));

    /// <summary>Events go back to their callers, and with them what the code made of them; the ends of steps stay.</summary>
    public override bool GiveUp(Exception full)
    {
        if (arrivals.RemoveAll(item => Refuse(item.Arrival, full)) > 0)
        {
            _turnRefused = true;
            if (arrivals.Count == 0)
            {
                TurnIsRecorded = false;
                End = null;
                Children.Clear();
                instance.Advanced(this);
                return true;
            }
        }

        return false;
    }

    private static bool Refuse(Arrival arrival, Exception full)
    {
        arrival.Refuse(full);
        return arrival.HasCaller;
    }

    private void RecordTurn(HubTransaction hub)
    {
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
            LastPosition = hub.Append(instance.Key, action.Kind, action.Id, action.Name, action.Payload, action.Reference).Position;
            if (action.Kind == HistoryKind.SubOrchestrationInstanceCreated)
            {
                StartChild(hub, action);
            }
        }

        switch (outcome.End)
        {
            case RunEnd.Completed completed:
                End = hub.End(instance.Key, HistoryKind.ExecutionCompleted, null, completed.Output);
                break;
            case RunEnd.Failed failed:
                End = hub.End(instance.Key, HistoryKind.ExecutionFailed, failed.TaskId, FailureJson.Write(failed.Details));
                break;
            case RunEnd.ContinuedAsNew next:
                StartNextRun(hub, next);
                break;
            default:
                break;
        }
    }

    private void StartChild(HubTransaction hub, OpenTask action)
    {
        if (hub.Insert(action.Reference!, action.Name, new ParentTask(instance.Key, instance.RunNumber, action.Id)) is not { } child)
        {
            Conflicts.Add(action);
            return;
        }

        Children.Add((child, hub.Append(child.Key, HistoryKind.ExecutionStarted, null, action.Name, action.Payload, child.Id)));
    }

    private void StartNextRun(HubTransaction hub, RunEnd.ContinuedAsNew next)
    {
        hub.Append(instance.Key, HistoryKind.ContinueAsNew);
        hub.Restart(instance.Key);
        _next.Add(hub.Append(instance.Key, HistoryKind.ExecutionStarted, null, instance.Name, next.Input, instance.Id));
        _next.AddRange(next.UnprocessedEvents.Select(row => hub.Append(instance.Key, row.Kind, null, row.Name, row.Payload, row.Reference)));
        LastPosition = _next[^1].Position;
    }
}
