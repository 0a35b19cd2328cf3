using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>An event for a living instance that is not in memory. A second one with the same id is acknowledged and does nothing.</summary>
internal sealed class RaiseEvent(EngineParts parts, string id, Arrival raised) : WriteUnit
{
    private Exception? _refusal;
    private HistoryRow? _row;

    public override string InstanceId => id;

    public override IEnumerable<string> TaskNames => [raised.Name];

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
        if (_refusal is not null || (raised.Reference is { } eventId && !hub.Receive(instance!.Key, eventId)))
        {
            return;
        }

        if (instance!.Parked)
        {
            hub.Unpark(instance.Key);
        }

        _row = hub.Append(instance.Key, HistoryKind.EventRaised, null, raised.Name, raised.Payload, raised.Reference);
    }

    public override void Committed()
    {
        if (_refusal is not null)
        {
            raised.Refuse(_refusal);
            return;
        }

        raised.Acknowledge();
        if (_row is not null)
        {
            parts.Instances.Deliver(_row);
        }
    }

    public override void Failed(Exception failure) => raised.Refuse(failure);

    public override bool GiveUp(Exception full)
    {
        raised.Refuse(full);
        return true;
    }
}
