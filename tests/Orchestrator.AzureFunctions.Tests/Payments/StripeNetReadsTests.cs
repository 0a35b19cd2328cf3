using Orchestrator.Agents.Tests.Stories;
using Stripe;

namespace Orchestrator.AzureFunctions.Tests.Payments;

/// <summary>The sandbox's objects and events as Stripe's own client for .NET reads them: what it can't read, no user of it could.</summary>
public sealed class StripeNetReadsTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private V1Services _stripe = null!;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _stripe = new StripeClient(new StripeClientOptions { ApiKey = "sk_test_sandbox00000000000000000000", ApiBase = _shop.Addresses.Stripe!.AbsoluteUri.TrimEnd('/') }).V1;
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task ObjectsOfAYearInAShop_AndTheirEvents_AreRead()
    {
        Customer customer = await _stripe.Customers.CreateAsync(new() { Email = "clara@example.com", Name = "Clara Klar" });
        PaymentMethod card = await _stripe.PaymentMethods.AttachAsync("pm_card_visa", new() { Customer = customer.Id });
        await _stripe.Customers.UpdateAsync(customer.Id, new() { InvoiceSettings = new() { DefaultPaymentMethod = card.Id } });
        Product product = await _stripe.Products.CreateAsync(new() { Name = "Tea by post" });
        Price price = await _stripe.Prices.CreateAsync(new() { Product = product.Id, Currency = "eur", UnitAmount = 3000, Recurring = new() { Interval = "month" } });
        Subscription subscription = await _stripe.Subscriptions.CreateAsync(new() { Customer = customer.Id, Items = [new() { Price = price.Id, Quantity = 2 }] });
        Invoice paid = await _stripe.Invoices.GetAsync(subscription.LatestInvoiceId);
        CreditNote credit = await _stripe.CreditNotes.CreateAsync(new() { Invoice = paid.Id, Amount = 500, CreditAmount = 500 });
        await _stripe.InvoiceItems.CreateAsync(new() { Customer = customer.Id, Currency = "eur", Amount = 1200, Description = "A pot" });
        Invoice draft = await _stripe.Invoices.CreateAsync(new() { Customer = customer.Id, PendingInvoiceItemsBehavior = "include" });
        Invoice open = await _stripe.Invoices.FinalizeInvoiceAsync(draft.Id);
        PaymentIntent intent = await PayAsync(customer, 4200, "pm_card_createDisputeInquiry");
        PaymentIntent sale = await PayAsync(customer, 4200, "pm_card_bypassPending");
        Refund refund = await _stripe.Refunds.CreateAsync(new() { PaymentIntent = sale.Id, Amount = 700 });
        PaymentIntent held = await PayAsync(customer, 10_000, "pm_card_bypassPending", capture: "manual");
        await _stripe.PaymentIntents.CaptureAsync(held.Id, new() { AmountToCapture = 6_000 });
        Charge taken = await _stripe.Charges.GetAsync(held.LatestChargeId);
        Coupon coupon = await _stripe.Coupons.CreateAsync(new() { PercentOff = 25, Duration = "once" });
        await _stripe.Subscriptions.CancelAsync(subscription.Id, new());

        Assert.Equal((6000, "EUR", 1200), (paid.Total, paid.Currency.ToUpperInvariant(), open.Total));
        InvoiceLineItem line = Assert.Single(paid.Lines.Data);
        Assert.Equal((2, 2m, subscription.Id), (line.Quantity, line.QuantityDecimal, line.SubscriptionId));
        Assert.Equal((500, 700, "succeeded"), (credit.Amount, refund.Amount, refund.Status));
        Assert.Equal((10_000, 6_000, 0, false), (taken.Amount, taken.AmountCaptured, taken.AmountRefunded, taken.Refunded));
        Assert.Equal(intent.LatestChargeId, Assert.Single((await _stripe.Disputes.ListAsync()).Data).ChargeId);
        Assert.Equal("canceled", Assert.Single((await _stripe.Subscriptions.ListAsync(new() { Status = "all" })).Data).Status);
        Assert.Equal(coupon.Id, Assert.Single((await _stripe.Coupons.ListAsync()).Data).Id);
        Assert.NotEmpty((await _stripe.Charges.ListAsync(new() { Customer = customer.Id })).Data);
        Assert.NotEmpty((await _stripe.Balance.GetAsync()).Available);
        Assert.NotEmpty((await _stripe.BalanceTransactions.ListAsync()).Data);

        string[] told = [.. (await _stripe.Events.ListAsync(new() { Limit = 100 })).Data.Select(one => $"{one.Type} {one.Data.Object.Object}")];
        Assert.Contains("customer.subscription.deleted subscription", told);
        Assert.Contains("invoice.finalized invoice", told);
        Assert.Contains("credit_note.created credit_note", told);
        Assert.Contains("refund.created refund", told);
    }

    private Task<PaymentIntent> PayAsync(Customer customer, long amount, string card, string? capture = null) => _stripe.PaymentIntents.CreateAsync(new()
    {
        Amount = amount,
        Currency = "eur",
        Customer = customer.Id,
        PaymentMethod = card,
        CaptureMethod = capture,
        Confirm = true,
        AutomaticPaymentMethods = new() { Enabled = true, AllowRedirects = "never" },
    });
}
