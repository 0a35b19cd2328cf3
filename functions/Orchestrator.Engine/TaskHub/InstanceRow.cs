using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.TaskHub;

/// <summary>An instance as the store keeps it beside its history.</summary>
/// <param name="Run">0, and one more with each continue-as-new.</param>
/// <param name="RunStart">Position of the current run's first row.</param>
/// <param name="Parked">Not in memory when last seen: nothing of it was running and all its history was processed.</param>
/// <param name="Processed">Position up to which its code had run when it was parked.</param>
internal sealed record InstanceRow(
    long Key,
    string Id,
    string Name,
    OrchestrationRuntimeStatus Status,
    int Run,
    long RunStart,
    ParentTask? Parent,
    bool Parked,
    long Processed,
    string? CustomStatus,
    DateTimeOffset Created)
{
    public bool HasEnded => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>The step of another instance that waits for this one.</summary>
internal sealed record ParentTask(long Instance, int Run, int TaskId);
