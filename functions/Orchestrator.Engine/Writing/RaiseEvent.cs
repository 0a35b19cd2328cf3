using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>An event for a living instance. A second one with the same id is acknowledged and does nothing.</summary>
internal sealed class RaiseEvent(EngineParts parts, string id, string eventName, string payload, string? eventId) : WriteUnit<bool>
{
    private Exception? _refusal;
    private HistoryRow? _row;

    public override string InstanceId => id;

    public override string TaskName => eventName;

    public override void Execute(HubTransaction hub)
    {
        _row = null;
        InstanceRow? instance = hub.Find(id);
        _refusal = instance switch
        {
            null => new InstanceNotFoundException(id),
            { HasEnded: true } => new InstanceCompletedException(id),
            _ => null,
        };
        if (_refusal is not null || (eventId is not null && !hub.Receive(instance!.Key, eventId)))
        {
            return;
        }

        if (instance!.Parked)
        {
            hub.Unpark(instance.Key);
        }

        _row = hub.Append(instance.Key, HistoryKind.EventRaised, null, eventName, payload, eventId);
    }

    public override void Committed()
    {
        if (_refusal is not null)
        {
            Refuse(_refusal);
            return;
        }

        Acknowledge(true);
        if (_row is not null)
        {
            parts.Instances.Deliver(_row);
        }
    }
}
