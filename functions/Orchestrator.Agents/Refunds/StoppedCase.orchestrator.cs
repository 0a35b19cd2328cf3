using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Refunds;

/// <summary>A case stopped by an error: people are told once per stop. An instance of its own, since the case's own takes no step any more.</summary>
public sealed class StoppedCase : IOrchestrator<StoppedCaseStart, bool>
{
    public static readonly OrchestratorDefinition<StoppedCaseStart, bool> Definition = new("StoppedCase");

    /// <summary>One per stop: the same stop seen again is told already, another one after a rewind is told anew.</summary>
    public static string InstanceId(string caseId, DateTimeOffset stoppedAt) => FormattableString.Invariant($"stopped-{caseId}-{stoppedAt.ToUnixTimeMilliseconds()}");

    public async Task<bool> RunAsync(IOrchestrationContext context, StoppedCaseStart start)
    {
        string money = start.MoneyMoved ? " Money has moved in it, and the customer may not have been told." : "";
        string text = $"An error stopped it, and nothing goes on by itself.{money} Mend the cause, then rewind it.";
        await CaseClosing.NoticeAsync(context, new(start.CaseId, NoticeKind.NeedsPerson, "A case has stopped", text, [], "/cases/" + start.CaseId, "Open the case"));
        return true;
    }
}

/// <param name="MoneyMoved">Whether the case knows of a refund that it made.</param>
public sealed record StoppedCaseStart(string CaseId, bool MoneyMoved);
