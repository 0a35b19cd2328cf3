namespace Orchestrator.Engine.TaskHub;

/// <summary>What a history row records; names of Durable Functions' history events. The numbers are stored: never change one.</summary>
internal enum HistoryKind
{
    ExecutionStarted = 1,
    ExecutionCompleted = 2,
    ExecutionFailed = 3,
    ExecutionTerminated = 4,
    ContinueAsNew = 5,
    ExecutionSuspended = 6,
    ExecutionResumed = 7,
    ExecutionRewound = 8,
    TaskScheduled = 10,
    TaskCompleted = 11,
    TaskFailed = 12,

    /// <summary>The process crashed while this activity ran.</summary>
    TaskCrashed = 13,
    TimerCreated = 20,
    TimerFired = 21,
    SubOrchestrationInstanceCreated = 30,
    SubOrchestrationInstanceCompleted = 31,
    SubOrchestrationInstanceFailed = 32,
    EventRaised = 40,

    /// <summary>The code took the way of a change that it was asked about; see <c>IsPatched</c>.</summary>
    PatchTaken = 50,

    /// <summary>Of no instance: a person accepted that history is damaged.</summary>
    DamageAccepted = 90,

    /// <summary>Of no instance: a backup was put in place of what was there.</summary>
    HubRestored = 91,
}

internal static class HistoryKinds
{
    /// <summary>Asked for by the orchestrator's code, so matched against it on replay.</summary>
    public static bool IsAction(this HistoryKind kind) =>
        kind is HistoryKind.TaskScheduled or HistoryKind.TimerCreated or HistoryKind.SubOrchestrationInstanceCreated or HistoryKind.PatchTaken;

    public static bool IsFailedTask(this HistoryKind kind) =>
        kind is HistoryKind.TaskFailed or HistoryKind.SubOrchestrationInstanceFailed;

    public static bool IsCompletion(this HistoryKind kind) =>
        kind is HistoryKind.TaskCompleted or HistoryKind.TimerFired or HistoryKind.SubOrchestrationInstanceCompleted || kind.IsFailedTask();
}
