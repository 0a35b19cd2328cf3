using Orchestrator.Engine.Orchestrations;

namespace Orchestrator.Engine.Writing;

/// <summary>Notes that an instance waits and need not be looked at on start before its wake time; refused when something came for it meanwhile.</summary>
/// <param name="through">Position up to which its code has run.</param>
internal sealed class ParkInstance(OrchestrationInstance instance, long through, DateTimeOffset? wake) : WriteUnit
{
    private bool _parked;

    public override string InstanceId => instance.Id;

    public override void Execute(HubTransaction hub) => _parked = hub.Park(instance.Key, through, wake);

    public override void Committed() => instance.Parked(_parked, wake);
}
