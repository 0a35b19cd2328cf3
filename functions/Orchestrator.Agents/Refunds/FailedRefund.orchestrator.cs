using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Refunds;

/// <summary>A refund failed at the bank after its case was closed: the case is a person's again.</summary>
public sealed class FailedRefund : IOrchestrator<FailedRefundStart, CaseOutcome>
{
    public static readonly OrchestratorDefinition<FailedRefundStart, CaseOutcome> Definition = new("FailedRefund");

    public async Task<CaseOutcome> RunAsync(IOrchestrationContext context, FailedRefundStart start)
    {
        string why = $"Refund {start.Refund} of case {start.CaseId} failed at the bank after the case was closed. The customer needs another way to get the money.";
        await CaseClosing.NoticeAsync(
            context,
            new(start.CaseId, NoticeKind.NeedsPerson, "A refund failed after it was announced", why, [], "/cases/" + start.CaseId, "Open the case"));
        var outcome = new CaseOutcome(CaseEnd.RefundFailed, why, Refund: start.Refund);
        new CaseContext(context).SetCustomStatus(new CaseStatus(CasePhase.Closed, why, Refund: start.Refund));
        return outcome;
    }
}

/// <param name="CaseId">The case that was closed as refunded.</param>
public sealed record FailedRefundStart(string CaseId, RefundId Refund);
