using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>What is new after an orchestrator's code ran.</summary>
/// <param name="Actions">Steps to record and begin, in the order of their ids.</param>
/// <param name="CustomStatus">JSON; null when unchanged.</param>
/// <param name="End">Null while the run goes on.</param>
internal sealed record TurnOutcome(IReadOnlyList<OpenTask> Actions, IReadOnlyList<OpenTask> CancelledTimers, string? CustomStatus, RunEnd? End)
{
    public bool IsEmpty => Actions.Count == 0 && CustomStatus is null && End is null;

    public static TurnOutcome Failure(TaskFailureDetails details) => new([], [], null, new RunEnd.Failed(details, null));
}

/// <summary>How a run ended.</summary>
internal abstract record RunEnd
{
    private RunEnd()
    {
    }

    public sealed record Completed(string Output) : RunEnd;

    /// <param name="TaskId">The step whose failure nobody handled, if it was one.</param>
    public sealed record Failed(TaskFailureDetails Details, int? TaskId) : RunEnd;

    public sealed record ContinuedAsNew(string Input, IReadOnlyList<HistoryRow> UnprocessedEvents) : RunEnd;
}
