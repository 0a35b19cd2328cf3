using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Refunds;

/// <summary>Reads what became of this case's refund: by its id, or, before Stripe named one, among those on the charge.</summary>
internal sealed class ReadRefundActivity(IPaymentReads payments, OutsideGate gate) : IActivity<ReadRefundInput, RefundRecord?>
{
    public async Task<RefundRecord?> RunAsync(ActivityContext context, ReadRefundInput input, CancellationToken cancellationToken)
    {
        GatePass pass = await gate.OpenAsync(ActivityNames.ReadRefund, input.CaseId, cancellationToken);
        if (input.Refund is { } id)
        {
            return await pass.PerformAsync(Tools.RefundsGet, ActArguments.None.With("refund", id.Value), (call, token) => payments.GetRefundAsync(call, id, token), cancellationToken);
        }

        IReadOnlyList<RefundRecord> there = await pass.PerformAsync(
            Tools.RefundsList, ActArguments.None.With("charge", input.Charge.Value), (call, token) => payments.ListRefundsAsync(call, input.Charge, token), cancellationToken);
        return there.FirstOrDefault(refund => refund.CaseId == input.CaseId);
    }
}
