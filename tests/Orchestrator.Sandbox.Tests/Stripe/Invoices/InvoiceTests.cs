namespace Orchestrator.Sandbox.Tests.Stripe.Invoices;

public sealed class InvoiceTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task Invoice_Paid_NamesItsPaymentOnlyInItsPayments()
    {
        string invoice = await DraftAsync("pm_card_visa");

        Answer paid = await _stripe.PostAsync($"/v1/invoices/{invoice}/pay", "expand[]=payments");

        Assert.Equal("paid", paid["status"]);
        Assert.Equal("2000", paid["amount_paid"]);
        Assert.False(paid.Json.ContainsKey("charge") || paid.Json.ContainsKey("payment_intent") || paid.Json.ContainsKey("paid"));
        string intent = paid.Json["payments"]!["data"]![0]!["payment"]!["payment_intent"]!.ToString();
        Assert.Equal("succeeded", (await _stripe.GetAsync($"/v1/payment_intents/{intent}"))["status"]);
        Assert.Equal(400, (await _stripe.PostAsync($"/v1/invoices/{invoice}/pay")).Status);
    }

    [Fact]
    public async Task Invoice_WithDecliningCard_StaysOpen()
    {
        string invoice = await DraftAsync("pm_card_chargeCustomerFail");

        Answer refused = await _stripe.PostAsync($"/v1/invoices/{invoice}/pay");

        Assert.Equal(402, refused.Status);
        Answer open = await _stripe.GetAsync($"/v1/invoices/{invoice}");
        Assert.Equal("open", open["status"]);
        Assert.Equal("1", open["attempt_count"]);
        Assert.Single((await _stripe.GetAsync("/v1/events?type=invoice.payment_failed")).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task Draft_ThatAdvancesByItself_IsFinalizedAfterAnHour()
    {
        string customer = await CustomerAsync("pm_card_visa");
        await _stripe.PostAsync("/v1/invoiceitems", $"customer={customer}&amount=2000&currency=usd");
        Answer draft = await _stripe.PostAsync("/v1/invoices", $"customer={customer}&auto_advance=true&pending_invoice_items_behavior=include");
        _stripe.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal("draft", draft["status"]);
        Assert.Equal("open", (await _stripe.GetAsync($"/v1/invoices/{draft.Id}"))["status"]);
    }

    [Fact]
    public async Task InvoiceItem_WithTheOldPriceParameter_IsRefused()
    {
        string customer = await CustomerAsync("pm_card_visa");

        Answer refused = await _stripe.PostAsync("/v1/invoiceitems", $"customer={customer}&price=price_x");

        Assert.Equal("Received unknown parameter: price", refused.Error["message"]!.ToString());
    }

    [Fact]
    public async Task Coupon_LowersTheTotal()
    {
        string customer = await CustomerAsync("pm_card_visa");
        Answer coupon = await _stripe.PostAsync("/v1/coupons", "percent_off=12.5");
        await _stripe.PostAsync("/v1/invoiceitems", $"customer={customer}&amount=2000&currency=usd");

        Answer invoice = await _stripe.PostAsync("/v1/invoices", $"customer={customer}&pending_invoice_items_behavior=include&discounts[0][coupon]={coupon.Id}");

        Assert.Equal("1750", invoice["total"]);
        Assert.Equal("2000", invoice["subtotal"]);
        Assert.Equal("250", invoice.Json["total_discount_amounts"]![0]!["amount"]!.ToString());
    }

    [Fact]
    public async Task CreditNote_OfAPaidInvoice_RefundsTheCharge()
    {
        string invoice = await DraftAsync("pm_card_visa");
        await _stripe.PostAsync($"/v1/invoices/{invoice}/pay");

        Answer unbalanced = await _stripe.PostAsync("/v1/credit_notes", $"invoice={invoice}&amount=500");
        Answer note = await _stripe.PostAsync("/v1/credit_notes", $"invoice={invoice}&amount=500&refund_amount=500");
        Answer beyond = await _stripe.PostAsync("/v1/credit_notes", $"invoice={invoice}&amount=1501&refund_amount=1501");

        Assert.Equal(400, unbalanced.Status);
        Assert.Equal("post_payment", note["type"]);
        Answer refund = await _stripe.GetAsync($"/v1/refunds/{note.Json["refunds"]![0]!["refund"]}");
        Assert.Equal("500", refund["amount"]);
        Assert.Equal(400, beyond.Status);
    }

    [Fact]
    public async Task CreditNote_OfAnOpenInvoice_LowersWhatIsDue_AndCanBeVoided()
    {
        string invoice = await DraftAsync("pm_card_visa");
        await _stripe.PostAsync($"/v1/invoices/{invoice}/finalize");

        Answer note = await _stripe.PostAsync("/v1/credit_notes", $"invoice={invoice}&amount=500");
        Answer lowered = await _stripe.GetAsync($"/v1/invoices/{invoice}");
        await _stripe.PostAsync($"/v1/credit_notes/{note.Id}/void");

        Assert.Equal("1500", lowered["amount_remaining"]);
        Assert.Equal("2000", (await _stripe.GetAsync($"/v1/invoices/{invoice}"))["amount_remaining"]);
    }

    private async Task<string> CustomerAsync(string method) =>
        (await _stripe.PostAsync("/v1/customers", $"payment_method={method}&invoice_settings[default_payment_method]={method}")).Id;

    private async Task<string> DraftAsync(string method)
    {
        string customer = await CustomerAsync(method);
        await _stripe.PostAsync("/v1/invoiceitems", $"customer={customer}&amount=2000&currency=usd");
        return (await _stripe.PostAsync("/v1/invoices", $"customer={customer}&pending_invoice_items_behavior=include")).Id;
    }
}
