using System.Text.Json.Serialization;

namespace Orchestrator.Agents.Payments;

/// <summary>A Stripe customer. Name and address are personal: never into history, logs or exceptions.</summary>
public sealed record CustomerRecord(CustomerId Id, string? Name, string? Email, DateTimeOffset Created);

/// <summary>A Stripe charge, reduced to what a refund decision needs (docs.stripe.com/api/charges/object).</summary>
/// <param name="Amount">What was paid: of an authorization, the part that was captured, or all of it while none is.</param>
/// <param name="AmountRefunded">What went back to whoever paid. Since Stripe's 2025-03-31 an authorized part that was never captured is not in it; of a charge from before it is, so less seems left than is.</param>
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

    /// <summary>Until when an authorization can still be captured; null where Stripe names no end or it is captured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CaptureBefore { get; init; }

    /// <summary>The connected account (<c>acct_…</c>) that the money was passed on to; null when it stayed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PassedOnTo { get; init; }
}

/// <summary>Customers of one address as far as they were read.</summary>
/// <param name="MoreExist">Older ones are at Stripe that were not read.</param>
public sealed record CustomerListing(IReadOnlyList<CustomerRecord> Customers, bool MoreExist);

/// <summary>A customer's charges as far as they were read.</summary>
/// <param name="MoreExist">Older ones are at Stripe that were not read: nothing may be said about all of them.</param>
public sealed record ChargeListing(IReadOnlyList<ChargeRecord> Charges, bool MoreExist)
{
    /// <summary>A bound for one case: what is read goes into history, where an entry is 1 MB at most.</summary>
    public const int Most = 500;
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
