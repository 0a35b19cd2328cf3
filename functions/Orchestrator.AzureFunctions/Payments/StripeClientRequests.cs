using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Wire;
using Stripe;

namespace Orchestrator.AzureFunctions.Payments;

/// <summary>
/// Stripe's own client (Stripe.net) as the carrier: its requests, its pinned version, its retries. Those are safe, because a refund goes under the order's own
/// idempotency key each time. Answers go back as they came, for <see cref="StripePayments"/> to judge as in every head: in the client's objects a missing amount
/// is 0 and a missing flag is false, and a refund may rest on neither.
/// </summary>
internal sealed class StripeClientRequests : IStripeRequests
{
    private readonly SocketsHttpHandler _connections = OutsideWire.CreateHandler();
    private readonly StripeOptions _options;

    public StripeClientRequests(StripeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    public void Dispose() => _connections.Dispose();

    public Task<OutsideAnswer> CustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Customers.ListAsync(new() { Email = email, Limit = limit }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> SearchCustomersAsync(KeyLease key, string email, int limit, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Customers.SearchAsync(new() { Query = StripePayments.ByEmail(email), Limit = limit }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> ChargesAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Charges.ListAsync(new() { Customer = customer.Value, Limit = limit, StartingAfter = after }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> ChargeAsync(KeyLease key, ChargeId charge, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Charges.GetAsync(charge.Value, null, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> RefundsAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Refunds.ListAsync(new() { Charge = charge.Value, Limit = limit, StartingAfter = after }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> RefundAsync(KeyLease key, RefundId refund, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Refunds.GetAsync(refund.Value, null, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> DisputesAsync(KeyLease key, ChargeId charge, int limit, string? after, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Disputes.ListAsync(new() { Charge = charge.Value, Limit = limit, StartingAfter = after }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> SubscriptionsAsync(KeyLease key, CustomerId customer, int limit, string? after, CancellationToken cancellationToken) =>
        ReadAsync(key, stripe => stripe.Subscriptions.ListAsync(new() { Customer = customer.Value, Status = "all", Limit = limit, StartingAfter = after }, null, cancellationToken), cancellationToken);

    public Task<OutsideAnswer> CreateRefundAsync(KeyLease key, RefundOrder order, CancellationToken cancellationToken)
    {
        var refund = new RefundCreateOptions
        {
            Charge = order.Charge.Value,
            Amount = order.Amount.MinorUnits,
            Reason = order.Reason,
            Metadata = new() { [RefundMetadata.CaseId] = order.CaseId, [RefundMetadata.Intent] = order.Intent },
        };
        var once = new RequestOptions { IdempotencyKey = order.IdempotencyKey };
        return AskAsync(key, changesTheWorld: true, stripe => stripe.Refunds.CreateAsync(refund, once, cancellationToken), cancellationToken);
    }

    private Task<OutsideAnswer> ReadAsync<T>(KeyLease key, Func<V1Services, Task<T>> ask, CancellationToken cancellationToken)
        where T : IStripeEntity => AskAsync(key, changesTheWorld: false, ask, cancellationToken);

    /// <summary>One call with a client of its own, which forgets the key with it; connections are shared.</summary>
    private async Task<OutsideAnswer> AskAsync<T>(KeyLease key, bool changesTheWorld, Func<V1Services, Task<T>> ask, CancellationToken cancellationToken)
        where T : IStripeEntity
    {
        var sendings = new Sendings(_connections);
        using var http = new HttpClient(sendings, disposeHandler: false) { Timeout = _options.Timeout, MaxResponseContentBufferSize = OutsideWire.LargestAnswer };
        var stripe = new StripeClient(new StripeClientOptions
        {
            ApiKey = OutsideWire.Visible(key),
            ApiBase = _options.BaseAddress.AbsoluteUri.TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(http, SystemNetHttpClient.DefaultMaxNumberRetries, appInfo: null, enableTelemetry: false),
        });
        StripeResponse answer;
        try
        {
            answer = (await ask(stripe.V1)).StripeResponse;
        }
        catch (StripeException refused) when (refused.StripeResponse is not null)
        {
            answer = refused.StripeResponse;
        }
        catch (Exception exception) when (OutsideWire.FailureOf(exception, "Stripe", _options.BaseAddress, _options.Timeout, changesTheWorld, cancellationToken, sendings.SentBefore) is { } failure)
        {
            throw failure;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Stripe.net reads answers into its own objects first, and stumbles over JSON that is no object. What it says of it may quote the answer.
            throw OutsideWire.NoAnswer("Stripe", $"the answer can't be read by its client ({exception.GetType().Name})", "unreadable_answer", changesTheWorld, inner: null);
        }

        return new(answer.StatusCode, answer.Headers, answer.Content) { SentBefore = sendings.SentBefore };
    }
}
