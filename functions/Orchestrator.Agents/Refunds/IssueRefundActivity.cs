using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>
/// Makes the one refund of a case. Before it makes one it lists what is on the charge and adopts a refund of this case: Stripe's idempotency keys may be forgotten after
/// 24 hours (docs.stripe.com/api/idempotent_requests), our metadata is not. So it may be run again at any time.
/// </summary>
internal sealed class IssueRefundActivity(IPaymentReads reads, IRefunds refunds, Permission permission, OutsideGate gate) : IActivity<RefundIntent, RefundAnswer>
{
    public async Task<RefundAnswer> RunAsync(ActivityContext context, RefundIntent input, CancellationToken cancellationToken)
    {
        await permission.DemandAsync(input, cancellationToken);
        GatePass pass = await gate.OpenAsync(ActivityNames.IssueRefund, input.CaseId, cancellationToken);
        IReadOnlyList<RefundRecord> there = await pass.PerformAsync(
            Tools.RefundsList, ActArguments.None.With("charge", input.Charge.Value), (call, token) => reads.ListRefundsAsync(call, input.Charge, token), cancellationToken);
        if (there.FirstOrDefault(refund => refund.CaseId == input.CaseId && refund.Status is not (RefundStatus.Failed or RefundStatus.Canceled)) is { } ours)
        {
            return new RefundAnswer.Made(ours);
        }

        string key = CaseIds.IdempotencyKey(input.CaseId, input.Intent);
        var order = new RefundOrder(input.CaseId, input.Intent, key, input.Charge, input.Amount, input.Reason == RefundReason.Duplicate ? "duplicate" : "requested_by_customer");
        ActArguments arguments = new ActArguments { IdempotencyKey = key }
            .With("charge", input.Charge.Value)
            .With("amount", input.Amount.ToString())
            .With("approval", input.ApprovalId)
            .With("automatic_rule", input.AutomaticRule);
        return await pass.PerformAsync(Tools.RefundsCreate, arguments, (call, token) => refunds.CreateAsync(call, order, token), cancellationToken);
    }
}
