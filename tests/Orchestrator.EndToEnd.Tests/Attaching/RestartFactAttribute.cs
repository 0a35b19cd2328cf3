using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Attaching;

/// <summary>A test that restarts its head; left out where the head is somebody else's and can't be started again from here.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RestartFactAttribute : FactAttribute
{
    public RestartFactAttribute()
    {
        if (AttachedHead.Address is not null && !AttachedRestart.IsPossible)
        {
            Skip = "Nobody starts this head again when it is killed: say how with ORCHESTRATOR_RESTART.";
        }
    }
}
