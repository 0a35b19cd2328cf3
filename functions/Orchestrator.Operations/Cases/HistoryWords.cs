using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Operations.Cases;

/// <summary>One line of a case's timeline.</summary>
/// <param name="Tone">How it went: empty, good, bad or wait.</param>
/// <param name="Took">From scheduled to finished, for a finished task.</param>
public sealed record TimelineStep(DateTimeOffset At, string Words, string Tone, string? Detail, TimeSpan? Took);

/// <summary>History in words of the business. A task's start and end become one line; what is unknown keeps its own name.</summary>
internal static class HistoryWords
{
    public static IReadOnlyList<TimelineStep> Of(IReadOnlyList<HistoryEntry> history)
    {
        Dictionary<int, HistoryEntry> ends = history
            .Where(entry => entry.TaskId is not null && entry.Kind is "TaskCompleted" or "TaskFailed" or "SubOrchestrationInstanceCompleted" or "SubOrchestrationInstanceFailed" or "TimerFired")
            .GroupBy(entry => entry.TaskId!.Value)
            .ToDictionary(group => group.Key, group => group.Last());
        return [.. history.Select(entry => Step(entry, ends)).OfType<TimelineStep>()];
    }

    private static TimelineStep? Step(HistoryEntry entry, Dictionary<int, HistoryEntry> ends)
    {
        HistoryEntry? end = entry.TaskId is { } task && ends.TryGetValue(task, out HistoryEntry? found) ? found : null;
        return entry.Kind switch
        {
            "ExecutionStarted" => new(entry.Time, "The mail arrived and the case began", "", null, null),
            "TaskScheduled" => Task(entry, end, Activity(entry.Name)),
            "SubOrchestrationInstanceCreated" => Task(entry, end, Split(entry.Name)),
            "EventRaised" => new(entry.Time, Event(entry.Name), "good", entry.Name, null),
            "TaskCrashed" => new(entry.Time, $"The process stopped while this ran: {Activity(entry.Name)}", "bad", entry.Name, null),
            "ExecutionCompleted" => new(entry.Time, "The case ended", "good", null, null),
            "ExecutionFailed" => new(entry.Time, "The case stopped by an error", "bad", Message(entry.Payload), null),
            "ExecutionTerminated" => new(entry.Time, "An operator ended the case", "bad", null, null),
            "ExecutionSuspended" => new(entry.Time, "An operator suspended the case", "wait", null, null),
            "ExecutionResumed" => new(entry.Time, "An operator resumed the case", "", null, null),
            "ExecutionRewound" => new(entry.Time, "An operator rewound the case", "", null, null),
            _ => null,
        };
    }

    private static TimelineStep Task(HistoryEntry start, HistoryEntry? end, string words) => end switch
    {
        null => new(start.Time, words + ", running", "wait", start.Name, null),
        { Kind: "TaskFailed" or "SubOrchestrationInstanceFailed" } => new(start.Time, words + ", failed", "bad", Message(end.Payload) ?? start.Name, end.Time - start.Time),
        _ => new(start.Time, words, "good", start.Name, end.Time - start.Time),
    };

    private static string Activity(string? name) => name switch
    {
        ActivityNames.Understand => "Read the mail",
        ActivityNames.FetchHistory => "Looked the customer up at Stripe",
        ActivityNames.ReadCharges => "Read the payment at Stripe",
        ActivityNames.ApplyPolicy => "Asked the refund policy",
        ActivityNames.OpenApproval => "Opened an approval",
        ActivityNames.PostNotice => "Told the approvers",
        ActivityNames.EscalateApproval => "Asked the next group as well",
        ActivityNames.ConcludeApproval => "Read the decision",
        ActivityNames.IssueRefund => "Made the refund at Stripe",
        ActivityNames.ReadRefund => "Read the refund at Stripe",
        ActivityNames.SendMail => "Wrote to the customer",
        ActivityNames.CloseCase => "Closed the case",
        _ => Split(name),
    };

    private static string Event(string? name) => name switch
    {
        { } approval when approval.StartsWith("approval-", StringComparison.OrdinalIgnoreCase) => "People decided",
        "customer-replied" => "The customer wrote again",
        "refund-updated" => "Stripe reported on the refund",
        _ => $"Event {name}",
    };

    /// <summary><c>ReadCharges</c> as <c>Read charges</c>.</summary>
    private static string Split(string? name) =>
        string.Concat((name ?? "A step").Select((letter, at) => at > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>The message of a recorded failure, where the payload is one.</summary>
    private static string? Message(string? payload)
    {
        try
        {
            using JsonDocument? document = payload is null ? null : JsonDocument.Parse(payload);
            return document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("errorMessage", out JsonElement message) ? message.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
