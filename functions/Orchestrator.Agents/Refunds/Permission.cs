using System.Text.Json.Nodes;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Agents.Refunds;

/// <summary>
/// The last look before anything leaves: whatever the orchestration says, money moves and mail goes only with a concluded approval in the store,
/// or under a rule whose automatic approval the policy file switches on now.
/// </summary>
internal sealed class Permission(IApprovalStore approvals, IRefundPolicySource policies, IAuditLog audit)
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
            await DemandRefundAsync(order, cancellationToken);
            return order.OnItsWay ? CustomerMails.OnItsWay : CustomerMails.Refunded;
        }

        ApprovalRound round = await FindAsync(order.CaseId, order.ApprovalId, cancellationToken);
        MailDraft? agreed = round.Conclusion switch
        {
            { Kind: ConclusionKind.Approved } when order.OnItsWay => round.Proposal.MailIfPending,
            { Kind: ConclusionKind.Approved or ConclusionKind.Denied } conclusion => conclusion.Mail,
            _ => null,
        };
        return agreed ?? throw new PermanentFailureException($"Approval '{order.ApprovalId}' does not allow a mail. Nothing was sent.");
    }

    private async Task<Conclusion> ApprovedAsync(string caseId, string approvalId, CancellationToken cancellationToken) =>
        (await FindAsync(caseId, approvalId, cancellationToken)).Conclusion is { Kind: ConclusionKind.Approved } conclusion
            ? conclusion
            : throw new PermanentFailureException($"Approval '{approvalId}' was not given. Nothing was refunded.");

    private async Task<ApprovalRound> FindAsync(string caseId, string approvalId, CancellationToken cancellationToken) =>
        await approvals.FindAsync(approvalId, cancellationToken) is { } round && round.Proposal.CaseId == caseId
            ? round
            : throw new PermanentFailureException($"Case '{caseId}' has no approval '{approvalId}'. Nothing left the house.");

    /// <summary>
    /// The mail about a refund that a rule allowed: the refund's own record says that it did. The rule may have been switched off since; the customer whose money moved is told all the same.
    /// </summary>
    private async Task DemandRefundAsync(MailOrder order, CancellationToken cancellationToken)
    {
        await foreach (AuditRecord record in audit.ReadAsync(order.CaseId, cancellationToken))
        {
            if (record.Entry.Tool == Tools.RefundsCreate && RuleOf(record.Entry) is { } rule && rule == order.AutomaticRule)
            {
                return;
            }
        }

        throw new PermanentFailureException($"Case '{order.CaseId}' has no approval, and no refund by rule '{order.AutomaticRule}' is on its record. Nothing was sent.");
    }

    private static string? RuleOf(AuditEntry entry) => JsonNode.Parse(entry.Arguments)?["automatic_rule"]?.GetValue<string>();

    private void DemandRule(string caseId, string? rule)
    {
        if (rule is null || !policies.Current().AutomaticRules.Contains(rule))
        {
            throw new PermanentFailureException($"Case '{caseId}' has no approval, and automatic approval by rule '{rule}' is not switched on. Nothing left the house.");
        }
    }
}
