using Orchestrator.Engine.Orchestrations;

namespace Orchestrator.Engine.Writing;

/// <summary>Notes that an instance waits and need not be looked at on start before its wake time; refused when something came for it meanwhile.</summary>
internal sealed class ParkInstance(OrchestrationInstance instance, long through, long processed, DateTimeOffset? wake) : WriteUnit
{
    private bool _parked;

    public override string InstanceId => instance.Id;

    public override void Execute(HubTransaction hub) => _parked = hub.Park(instance.Key, through, processed, wake);

    public override void Committed() => instance.Parked(_parked, wake);
}
