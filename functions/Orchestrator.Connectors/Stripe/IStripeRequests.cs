using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>
/// What is asked of Stripe, whoever carries it there. Ids and orders were checked before they come here; an answer goes back as it came, whatever its status,
/// for <see cref="StripePayments"/> to judge. Where none came, each throws as <see cref="OutsideWire.SendAsync"/> does.
/// </summary>
internal interface IStripeRequests : IDisposable
{
    /// <param name="email">Personal: in no message, and in no log.</param>
    Task<OutsideAnswer> CustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken);

    /// <summary>Stripe's search (docs.stripe.com/search), which does not tell capitals apart, lags by up to a minute, and is not offered everywhere.</summary>
    /// <param name="email">Personal: in no message, and in no log.</param>
    Task<OutsideAnswer> SearchCustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken);

    /// <param name="after">The last id of the page before; null for the first page.</param>
    Task<OutsideAnswer> ChargesAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken);

    Task<OutsideAnswer> ChargeAsync(KeyLease key, ChargeId charge, CancellationToken cancellationToken);

    /// <param name="after">The last id of the page before; null for the first page.</param>
    Task<OutsideAnswer> RefundsAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken);

    Task<OutsideAnswer> RefundAsync(KeyLease key, RefundId refund, CancellationToken cancellationToken);

    Task<OutsideAnswer> DisputesAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken);

    /// <summary>Of every status, ended ones too.</summary>
    Task<OutsideAnswer> SubscriptionsAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken);

    /// <summary>Sent once, or more often under the order's own idempotency key; then <see cref="OutsideAnswer.SentBefore"/> tells.</summary>
    Task<OutsideAnswer> CreateRefundAsync(KeyLease key, RefundOrder order, CancellationToken cancellationToken);
}
