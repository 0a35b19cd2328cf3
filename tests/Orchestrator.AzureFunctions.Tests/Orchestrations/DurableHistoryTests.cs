using DurableTask.Core;
using DurableTask.Core.History;
using Orchestrator.Agents.Durability;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Tests.Orchestrations;

public sealed class DurableHistoryTests
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void History_IsToldInTheEntriesThatTheConsoleKnows()
    {
        HistoryEvent[] events =
        [
            new OrchestratorStartedEvent(-1),
            new ExecutionStartedEvent(-1, "{\"caseId\":\"case-1\"}") { Name = "RefundAgent", Timestamp = Noon },
            new TaskScheduledEvent(0, "Understand", null, "{}"),
            new TimerCreatedEvent(1, Noon.AddHours(2)),
            new EventRaisedEvent(-1, "\"case-1-r1\"") { Name = "approval-1" },
            new TaskCompletedEvent(-1, 0, "true"),
            new TaskFailedEvent(-1, 7, "no", null, new FailureDetails("Orchestrator.Refused", "Stripe said no.", "at Refund()", null, false)),
            new TimerFiredEvent(-1) { TimerId = 1, FireAt = Noon.AddHours(2) },
            new ExecutionSuspendedEvent(-1, "why"),
            new ExecutionResumedEvent(-1, "why"),
            new OrchestratorCompletedEvent(-1),
            new ExecutionCompletedEvent(-1, "{\"end\":\"refunded\"}", OrchestrationStatus.Completed),
        ];

        IReadOnlyList<HistoryEntry> history = DurableHistory.Of(events);

        Assert.Equal(
            ["ExecutionStarted", "TaskScheduled", "TimerCreated", "EventRaised", "TaskCompleted", "TaskFailed", "TimerFired", "ExecutionSuspended", "ExecutionResumed", "ExecutionCompleted"],
            history.Select(entry => entry.Kind));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), history.Select(entry => entry.Sequence));
        Assert.Equal(("RefundAgent", new DateTimeOffset(Noon)), (history[0].Name, history[0].Time));
        Assert.Equal((0, "Understand"), (history[1].TaskId, history[1].Name));
        Assert.Equal("approval-1", history[3].Name);
        Assert.Equal((0, "true"), (history[4].TaskId, history[4].Payload));
        Assert.Contains("\"errorMessage\":\"Stripe said no.\"", history[5].Payload, StringComparison.Ordinal);
        Assert.Equal(1, history[6].TaskId);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Failed, "ExecutionFailed")]
    [InlineData(OrchestrationStatus.Terminated, "ExecutionTerminated")]
    public void End_IsToldAsWhatItWas(OrchestrationStatus status, string kind) =>
        Assert.Equal(kind, DurableHistory.Of([new ExecutionCompletedEvent(-1, null, status)])[0].Kind);
}
