using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds.Policy;

/// <summary>What the policy decides on. Nothing personal.</summary>
/// <param name="Amount">What would be refunded.</param>
/// <param name="EarlierRefunds">When this customer's earlier refunds were made.</param>
public sealed record RefundFacts(
    DateTimeOffset Now,
    Money Amount,
    Money Paid,
    DateTimeOffset ChargedAt,
    RefundReason Reason,
    RiskLevel Risk,
    DisputeState Dispute,
    IReadOnlyList<DateTimeOffset> EarlierRefunds)
{
    /// <summary>What an approver would be warned of, first of all; null: nothing. It closes every automatic way.</summary>
    public string? Caution { get; init; }

    /// <summary>Whole days since the charge.</summary>
    public int ChargeAgeDays => (int)Math.Floor((Now - ChargedAt).TotalDays);
}

public enum DisputeState
{
    None,
    Inquiry,
    Chargeback,
}
