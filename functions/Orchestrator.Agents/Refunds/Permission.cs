using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Agents.Refunds;

/// <summary>
/// The last look before anything leaves: whatever the orchestration says, money moves and mail goes only with a concluded approval in the store,
/// or under a rule whose automatic approval the policy file switches on now.
/// </summary>
internal sealed class Permission(IApprovalStore approvals, IRefundPolicySource policies)
{
    /// <exception cref="PermanentFailureException">Nobody agreed to exactly this refund.</exception>
    public async Task DemandAsync(RefundIntent intent, CancellationToken cancellationToken)
    {
        if (intent.ApprovalId is null)
        {
            DemandRule(intent.CaseId, intent.AutomaticRule);
            return;
        }

        Conclusion conclusion = await ApprovedAsync(intent.CaseId, intent.ApprovalId, cancellationToken);
        if (conclusion.Charge != intent.Charge || conclusion.Amount != intent.Amount)
        {
            throw new PermanentFailureException($"Approval '{intent.ApprovalId}' is for {conclusion.Amount} on {conclusion.Charge}, not for {intent.Amount} on {intent.Charge}. Nothing was refunded.");
        }
    }

    /// <summary>The mail that somebody agreed to.</summary>
    /// <exception cref="PermanentFailureException">Nobody agreed to a mail.</exception>
    public async Task<MailDraft> DemandAsync(MailOrder order, CancellationToken cancellationToken)
    {
        if (order.ApprovalId is null)
        {
            DemandRule(order.CaseId, order.AutomaticRule);
            return CustomerMails.Refunded;
        }

        ApprovalRound round = await FindAsync(order.CaseId, order.ApprovalId, cancellationToken);
        return round.Conclusion is { Kind: ConclusionKind.Approved or ConclusionKind.Denied, Mail: { } mail }
            ? mail
            : throw new PermanentFailureException($"Approval '{order.ApprovalId}' does not allow a mail. Nothing was sent.");
    }

    private async Task<Conclusion> ApprovedAsync(string caseId, string approvalId, CancellationToken cancellationToken) =>
        (await FindAsync(caseId, approvalId, cancellationToken)).Conclusion is { Kind: ConclusionKind.Approved } conclusion
            ? conclusion
            : throw new PermanentFailureException($"Approval '{approvalId}' was not given. Nothing was refunded.");

    private async Task<ApprovalRound> FindAsync(string caseId, string approvalId, CancellationToken cancellationToken) =>
        await approvals.FindAsync(approvalId, cancellationToken) is { } round && round.Proposal.CaseId == caseId
            ? round
            : throw new PermanentFailureException($"Case '{caseId}' has no approval '{approvalId}'. Nothing left the house.");

    private void DemandRule(string caseId, string? rule)
    {
        if (rule is null || !policies.Current().AutomaticRules.Contains(rule))
        {
            throw new PermanentFailureException($"Case '{caseId}' has no approval, and automatic approval by rule '{rule}' is not switched on. Nothing left the house.");
        }
    }
}
