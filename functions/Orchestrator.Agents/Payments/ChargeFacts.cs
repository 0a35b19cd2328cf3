using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Agents.Payments;

/// <summary>A charge as Stripe shows it at one moment, with every refund and dispute on it.</summary>
public sealed record ChargeFacts(ChargeRecord Charge, IReadOnlyList<RefundRecord> Refunds, IReadOnlyList<DisputeRecord> Disputes)
{
    /// <summary>A lost or open chargeback counts; a won one, and an inquiry that was closed, do not.</summary>
    public DisputeState Dispute =>
        Disputes.Any(dispute => !dispute.IsInquiry && dispute.Status is not ("won" or "prevented")) ? DisputeState.Chargeback
        : Disputes.Any(dispute => dispute.IsInquiry && dispute.Status != "warning_closed") ? DisputeState.Inquiry
        : DisputeState.None;

    /// <summary>What changed that a decision may rest on; empty when nothing did.</summary>
    public IReadOnlyList<Difference> DifferencesTo(ChargeFacts now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return
        [
            .. Changed("Paid", Charge.Amount.ToString(), now.Charge.Amount.ToString()),
            .. Changed("Refunded before", Charge.AmountRefunded.ToString(), now.Charge.AmountRefunded.ToString()),
            .. Changed("Charge status", Charge.Status.ToString(), now.Charge.Status.ToString()),
            .. Changed("Dispute", Dispute.ToString(), now.Dispute.ToString()),
            .. Changed("Risk", Charge.Risk.ToString(), now.Charge.Risk.ToString()),
        ];
    }

    private static IEnumerable<Difference> Changed(string label, string before, string now) =>
        before == now ? [] : [new(label, before, now)];
}
