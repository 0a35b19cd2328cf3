using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance.Tests.Targets;

/// <summary>An engine with the orchestrators of <see cref="ConformanceTasks"/>. All facts share it, so each uses ids of its own.</summary>
public interface IConformanceTarget
{
    IOrchestrationClient Client { get; }
}
