namespace Orchestrator.Agents.Payments;

/// <summary>A Stripe customer. Name and address are personal: never into history, logs or exceptions.</summary>
public sealed record CustomerRecord(CustomerId Id, string? Name, string? Email, DateTimeOffset Created);

/// <summary>A Stripe charge, reduced to what a refund decision needs (docs.stripe.com/api/charges/object).</summary>
/// <param name="References">What the merchant may call it: order numbers in metadata, the description's ids, receipt number, payment intent id.</param>
/// <param name="Method">For people: <c>visa 4242</c>, <c>sepa_debit</c>.</param>
public sealed record ChargeRecord(
    ChargeId Id,
    string? PaymentIntentId,
    CustomerId? Customer,
    Money Amount,
    Money AmountRefunded,
    ChargeStatus Status,
    bool Captured,
    bool Disputed,
    RiskLevel Risk,
    DateTimeOffset Created,
    string Method,
    IReadOnlyList<string> References)
{
    /// <summary>What can still be refunded.</summary>
    public Money Remaining => Amount - AmountRefunded;
}

public enum ChargeStatus
{
    Unknown,
    Succeeded,
    Pending,
    Failed,
}

public enum RiskLevel
{
    Unknown,
    NotAssessed,
    Normal,
    Elevated,
    Highest,
}

/// <summary>A Stripe refund (docs.stripe.com/api/refunds/object).</summary>
/// <param name="CaseId">Our <c>case_id</c> in its metadata, when it is ours.</param>
/// <param name="Intent">Our <c>refund_intent</c> in its metadata, when it is ours.</param>
public sealed record RefundRecord(
    RefundId Id,
    ChargeId Charge,
    Money Amount,
    RefundStatus Status,
    string? FailureReason,
    string? PendingReason,
    DateTimeOffset Created,
    string? CaseId,
    string? Intent);

public enum RefundStatus
{
    Unknown,
    Pending,
    RequiresAction,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>A dispute. An inquiry (status <c>warning_*</c>) is not a chargeback and does not stop a refund.</summary>
public sealed record DisputeRecord(string Id, ChargeId Charge, string Status, string Reason, Money Amount, DateTimeOffset Created)
{
    public bool IsInquiry => Status.StartsWith("warning_", StringComparison.Ordinal);
}

public sealed record SubscriptionRecord(string Id, string Status, DateTimeOffset Created);
