using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using Orchestrator.Agents.Durability;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>History as Durable Functions keeps it, in the entries that console and downloads know. What only its dispatcher needs is left out.</summary>
internal static class DurableHistory
{
    public static IReadOnlyList<HistoryEntry> Of(IEnumerable<HistoryEvent> events) =>
        [.. events.Select(Entry).OfType<HistoryEntry>().Select((entry, index) => entry with { Sequence = index + 1 })];

    private static HistoryEntry? Entry(HistoryEvent one) => one switch
    {
        ExecutionStartedEvent start => New(one, "ExecutionStarted", null, start.Name, start.Input),
        ExecutionCompletedEvent { OrchestrationStatus: OrchestrationStatus.Failed } end => New(one, "ExecutionFailed", null, null, Failure(end.FailureDetails, end.Result)),
        ContinueAsNewEvent next => New(one, "ContinueAsNew", null, null, next.Result),
        ExecutionCompletedEvent end => New(one, end.OrchestrationStatus == OrchestrationStatus.Terminated ? "ExecutionTerminated" : "ExecutionCompleted", null, null, end.Result),
        ExecutionTerminatedEvent end => New(one, "ExecutionTerminated", null, null, end.Input),
        ExecutionSuspendedEvent => New(one, "ExecutionSuspended", null, null, null),
        ExecutionResumedEvent => New(one, "ExecutionResumed", null, null, null),
        ExecutionRewoundEvent => New(one, "ExecutionRewound", null, null, null),
        TaskScheduledEvent task => New(one, "TaskScheduled", one.EventId, task.Name, task.Input),
        TaskCompletedEvent task => New(one, "TaskCompleted", task.TaskScheduledId, null, task.Result),
        TaskFailedEvent task => New(one, "TaskFailed", task.TaskScheduledId, null, Failure(task.FailureDetails, task.Reason)),
        SubOrchestrationInstanceCreatedEvent task => New(one, "SubOrchestrationInstanceCreated", one.EventId, task.Name, task.Input),
        SubOrchestrationInstanceCompletedEvent task => New(one, "SubOrchestrationInstanceCompleted", task.TaskScheduledId, null, task.Result),
        SubOrchestrationInstanceFailedEvent task => New(one, "SubOrchestrationInstanceFailed", task.TaskScheduledId, null, Failure(task.FailureDetails, task.Reason)),
        TimerCreatedEvent timer => New(one, "TimerCreated", one.EventId, null, JsonSerializer.Serialize(At(timer.FireAt), AzureJson.Default.DateTimeOffset)),
        TimerFiredEvent timer => New(one, "TimerFired", timer.TimerId, null, null),
        EventRaisedEvent raised => New(one, "EventRaised", null, raised.Name, raised.Input),
        _ => null,
    };

    private static HistoryEntry New(HistoryEvent one, string kind, int? taskId, string? name, string? payload) =>
        new(0, kind, At(one.Timestamp), taskId, name, payload);

    private static DateTimeOffset At(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static string Failure(FailureDetails? details, string? reason) => JsonSerializer.Serialize(
        details is null ? new TaskFailureDetails("", reason ?? "") : new TaskFailureDetails(details.ErrorType, details.ErrorMessage, details.StackTrace),
        AzureJson.Default.TaskFailureDetails);
}
