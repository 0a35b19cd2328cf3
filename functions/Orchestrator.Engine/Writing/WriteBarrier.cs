namespace Orchestrator.Engine.Writing;

/// <summary>Writes nothing; once it is answered, all that was submitted before it is durable and its consequences are under way.</summary>
internal sealed class WriteBarrier : WriteUnit<bool>
{
    public override string InstanceId => "";

    public override void Execute(HubTransaction hub)
    {
    }

    public override void Committed() => Acknowledge(true);
}
