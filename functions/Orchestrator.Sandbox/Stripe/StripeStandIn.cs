using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.Control;
using Orchestrator.Sandbox.Stripe.Coupons;
using Orchestrator.Sandbox.Stripe.CreditNotes;
using Orchestrator.Sandbox.Stripe.Customers;
using Orchestrator.Sandbox.Stripe.Disputes;
using Orchestrator.Sandbox.Stripe.Events;
using Orchestrator.Sandbox.Stripe.Invoices;
using Orchestrator.Sandbox.Stripe.PaymentIntents;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Products;
using Orchestrator.Sandbox.Stripe.Refunds;
using Orchestrator.Sandbox.Stripe.Subscriptions;
using Orchestrator.Sandbox.Stripe.Webhooks;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe;

/// <summary>
/// Stripe as its clients see it: the form-encoded v1 API in the shapes of API 2026-10-28, one account in test mode, with
/// its own memory of money. Control routes under <c>/_sandbox/stripe/</c>. <c>stateFolder</c>: where it remembers across
/// restarts; null remembers nothing.
/// </summary>
internal sealed class StripeStandIn(string? stateFolder, SandboxClock clock) : IStandIn
{
    private readonly Account _account = new(stateFolder);
    private Heartbeat? _heartbeat;

    public string Name => "stripe";

    internal static OperationTable Operations { get; } = new(
    [
        .. AccountOperations.All, .. BalanceOperations.All, .. ChargeOperations.All, .. CouponOperations.All, .. CreditNoteOperations.All,
        .. CustomerOperations.All, .. DisputeOperations.All, .. EventOperations.All, .. InvoiceItemOperations.All, .. InvoiceOperations.All,
        .. OtherOperations.All, .. PaymentIntentOperations.All, .. PaymentMethodOperations.All, .. PriceOperations.All, .. ProductOperations.All,
        .. RefundOperations.All, .. SubscriptionItemOperations.All, .. SubscriptionOperations.All, .. WebhookOperations.All,
    ]);

    public void Map(WebApplication app)
    {
        Pipeline pipeline = new(_account, clock, Operations);
        ControlRoutes.Map(app, _account, clock);
        app.Map("/{**path}", pipeline.HandleAsync);
        _heartbeat = new Heartbeat(_account, clock);
    }

    public void Dispose()
    {
        _heartbeat?.Dispose();
        _account.Dispose();
    }
}
