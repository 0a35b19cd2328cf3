using System.Globalization;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>Stripe's REST interface, without a client of Stripe's. Each request is sent once.</summary>
internal sealed class StripeHttpRequests : IStripeRequests
{
    private readonly HttpClient _client;
    private readonly StripeWire _wire;

    public StripeHttpRequests(StripeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = OutsideWire.CreateClient(options.BaseAddress);
        _wire = new StripeWire(_client, options);
    }

    public void Dispose() => _client.Dispose();

    public Task<OutsideAnswer> CustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/customers?limit={limit}&email={Uri.EscapeDataString(email)}", cancellationToken);

    public Task<OutsideAnswer> SearchCustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/customers/search?limit={limit}&query={Uri.EscapeDataString(StripePayments.ByEmail(email))}", cancellationToken);

    public Task<OutsideAnswer> ChargesAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/charges?limit={limit}&customer={customer}{After(after)}", cancellationToken);

    public Task<OutsideAnswer> ChargeAsync(KeyLease key, ChargeId charge, CancellationToken cancellationToken) => GetAsync(key, $"v1/charges/{charge}", cancellationToken);

    public Task<OutsideAnswer> RefundsAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/refunds?limit={limit}&charge={charge}{After(after)}", cancellationToken);

    public Task<OutsideAnswer> RefundAsync(KeyLease key, RefundId refund, CancellationToken cancellationToken) => GetAsync(key, $"v1/refunds/{refund}", cancellationToken);

    public Task<OutsideAnswer> DisputesAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/disputes?limit={limit}&charge={charge}{After(after)}", cancellationToken);

    public Task<OutsideAnswer> SubscriptionsAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken) =>
        GetAsync(key, $"v1/subscriptions?limit={limit}&status=all&customer={customer}{After(after)}", cancellationToken);

    public Task<OutsideAnswer> CreateRefundAsync(KeyLease key, RefundOrder order, CancellationToken cancellationToken) => _wire.SendAsync(
        HttpMethod.Post,
        key,
        "v1/refunds",
        [
            new("charge", order.Charge.Value),
            new("amount", order.Amount.MinorUnits.ToString(CultureInfo.InvariantCulture)),
            new("reason", order.Reason),
            new($"metadata[{RefundMetadata.CaseId}]", order.CaseId),
            new($"metadata[{RefundMetadata.Intent}]", order.Intent),
        ],
        order.IdempotencyKey,
        cancellationToken);

    private Task<OutsideAnswer> GetAsync(KeyLease key, string path, CancellationToken cancellationToken) =>
        _wire.SendAsync(HttpMethod.Get, key, path, form: null, idempotencyKey: null, cancellationToken);

    private static string After(string? id) => id is null ? "" : $"&starting_after={id}";
}
