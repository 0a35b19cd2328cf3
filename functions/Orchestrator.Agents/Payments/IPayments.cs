using System.Text.Json.Serialization;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Payments;

/// <summary>
/// Reads at Stripe with a key that can only read. One call is one HTTP request per page; each notes Stripe's request id and the objects seen on the <see cref="ActCall"/>.
/// All throw the four failures of <see cref="OutsideFailureException"/>.
/// </summary>
public interface IPaymentReads
{
    /// <summary>Customers whose address is <paramref name="email"/>, capitals aside, newest first; at most 100.</summary>
    Task<CustomerListing> FindCustomersAsync(ActCall call, string email, CancellationToken cancellationToken);

    /// <summary>Charges of a customer, newest first, all pages up to <see cref="ChargeListing.Most"/>.</summary>
    Task<ChargeListing> ListChargesAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>One charge, or null when Stripe knows none of that id.</summary>
    Task<ChargeRecord?> GetChargeAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken);

    /// <summary>Every refund of a charge, newest first, all pages.</summary>
    Task<IReadOnlyList<RefundRecord>> ListRefundsAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken);

    Task<RefundRecord?> GetRefundAsync(ActCall call, RefundId refund, CancellationToken cancellationToken);

    /// <summary>Every dispute and inquiry of a charge.</summary>
    Task<IReadOnlyList<DisputeRecord>> ListDisputesAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken);

    Task<IReadOnlyList<SubscriptionRecord>> ListSubscriptionsAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken);
}

/// <summary>Moves money at Stripe. The only port that does.</summary>
public interface IRefunds
{
    /// <summary>
    /// <c>POST /v1/refunds</c> with <see cref="RefundOrder.IdempotencyKey"/> as <c>Idempotency-Key</c> and case and intent in metadata (<c>case_id</c>, <c>refund_intent</c>).
    /// Business refusals are returned; a lost answer throws <see cref="OutcomeUnknownException"/>.
    /// </summary>
    Task<RefundAnswer> CreateAsync(ActCall call, RefundOrder order, CancellationToken cancellationToken);
}

/// <param name="Intent">What this refund is for, stable over retries: one refund per case and intent.</param>
/// <param name="Reason">Stripe's <c>reason</c>: <c>duplicate</c> or <c>requested_by_customer</c>. Never <c>fraudulent</c>, which blocks the customer.</param>
public sealed record RefundOrder(string CaseId, string Intent, string IdempotencyKey, ChargeId Charge, Money Amount, string Reason);

/// <summary>What Stripe said to a refund.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Made), "made")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(AwaitsStripeApproval), "awaitsStripeApproval")]
public abstract record RefundAnswer
{
    private RefundAnswer()
    {
    }

    public sealed record Made(RefundRecord Refund) : RefundAnswer;

    /// <summary>Stripe refuses for a reason of business, and will again.</summary>
    public sealed record Refused(RefundRefusal Refusal, string Message) : RefundAnswer;

    /// <summary>Stripe holds the call for its own two-party approval and will run it itself (error code <c>approval_required</c>).</summary>
    public sealed record AwaitsStripeApproval(string ApprovalRequestId, string? DashboardUrl, DateTimeOffset? ExpiresAt) : RefundAnswer;
}

public enum RefundRefusal
{
    Other,
    ChargeAlreadyRefunded,
    ChargeDisputed,
    AmountOverRemainder,
    ChargeNotFound,
}
