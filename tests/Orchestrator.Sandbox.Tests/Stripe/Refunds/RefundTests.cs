using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Refunds;

public sealed class RefundTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task Refund_OfPart_LeavesTheRestRefundable()
    {
        string charge = await ChargeAsync(2000);

        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500&metadata[case]=c-1&reason=requested_by_customer");

        Assert.Equal(200, refund.Status);
        Assert.Equal("succeeded", refund["status"]);
        Assert.Equal("500", refund["amount"]);
        Assert.Equal("c-1", refund.Json["metadata"]!["case"]!.ToString());
        Answer after = await _stripe.GetAsync($"/v1/charges/{charge}");
        Assert.Equal("500", after["amount_refunded"]);
        Assert.Equal("false", after["refunded"]);
    }

    [Fact]
    public async Task Refund_WithoutAmount_TakesAllThatRemains()
    {
        string charge = await ChargeAsync(2000);
        await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500");

        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");

        Assert.Equal("1500", refund["amount"]);
        Assert.Equal("true", (await _stripe.GetAsync($"/v1/charges/{charge}"))["refunded"]);
    }

    [Fact]
    public async Task Refund_OfRefundedCharge_IsRefusedByCode()
    {
        string charge = await ChargeAsync(2000);
        await _stripe.PostAsync("/v1/refunds", $"charge={charge}");

        Answer again = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");

        Assert.Equal(400, again.Status);
        Assert.Equal("charge_already_refunded", again.Error["code"]!.ToString());
        Assert.Equal($"Charge {charge} has already been refunded.", again.Error["message"]!.ToString());
    }

    [Theory]
    [InlineData("usd", 2000, 1300, 2000, "Refund amount ($20.00) is greater than unrefunded amount on charge ($7.00)")]
    [InlineData("jpy", 2000, 1300, 2000, "Refund amount (¥2,000) is greater than unrefunded amount on charge (¥700)")]
    [InlineData("eur", 2000, 1300, 701, "Refund amount (€7.01) is greater than unrefunded amount on charge (€7.00)")]
    [InlineData("kwd", 20000, 13000, 20000, "Refund amount (KWD 20.000) is greater than unrefunded amount on charge (KWD 7.000)")]
    [InlineData("usd", 2000, 0, 2001, "Refund amount ($20.01) is greater than charge amount ($20.00)")]
    public async Task Refund_OverRemainder_NamesBothAmountsInTheirCurrency(string currency, long paid, long before, long asked, string message)
    {
        string charge = await ChargeAsync(paid, currency);
        if (before > 0)
        {
            await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount={before}");
        }

        Answer refused = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount={asked}");

        Assert.Equal(400, refused.Status);
        Assert.Null(refused.Error["code"]);
        Assert.Equal("amount", refused.Error["param"]!.ToString());
        Assert.Equal(message, refused.Error["message"]!.ToString());
    }

    [Fact]
    public async Task Refund_OfDisputedCharge_IsRefused_ButOfAnInquiryAllowed()
    {
        string disputed = await ChargeAsync(2000, method: "pm_card_createDispute");
        string inquired = await ChargeAsync(2000, method: "pm_card_createDisputeInquiry");

        Answer refused = await _stripe.PostAsync("/v1/refunds", $"charge={disputed}");
        Answer allowed = await _stripe.PostAsync("/v1/refunds", $"charge={inquired}");

        Assert.Equal("charge_disputed", refused.Error["code"]!.ToString());
        Assert.Equal($"Charge {disputed} has been charged back; cannot issue a refund.", refused.Error["message"]!.ToString());
        Assert.Equal(200, allowed.Status);
        Answer disputes = await _stripe.GetAsync($"/v1/disputes?charge={inquired}");
        Assert.Equal("warning_closed", disputes.Json["data"]![0]!["status"]!.ToString());
    }

    [Theory]
    [InlineData("charge={0}&payment_intent=pi_x", 400, null, "You may only specify one of these parameters: charge, payment_intent.")]
    [InlineData("amount=5", 400, null, "One of the following params should be provided for this request: payment_intent or charge.")]
    [InlineData("charge={0}&amount=0", 400, "parameter_invalid_integer", "Invalid positive integer")]
    [InlineData("charge={0}&amount=ten", 400, "parameter_invalid_integer", "Invalid integer: ten")]
    [InlineData("charge={0}&reason=because", 400, null, "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer")]
    [InlineData("charge={0}&colour=red", 400, "parameter_unknown", "Received unknown parameter: colour")]
    [InlineData("charge=ch_none", 404, "resource_missing", "No such charge: 'ch_none'")]
    [InlineData("payment_intent=pi_none", 404, "resource_missing", "No such payment_intent: 'pi_none'")]
    public async Task Refund_AskedWrongly_IsToldAsStripeTells(string form, int status, string? code, string message)
    {
        string charge = await ChargeAsync(2000);

        Answer refused = await _stripe.PostAsync("/v1/refunds", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, charge));

        Assert.Equal(status, refused.Status);
        Assert.Equal(code, refused.Error["code"]?.ToString());
        Assert.Equal(message, refused.Error["message"]!.ToString());
        Assert.Equal("invalid_request_error", refused.Error["type"]!.ToString());
        Assert.Equal("0", (await _stripe.GetAsync($"/v1/charges/{charge}"))["amount_refunded"]);
    }

    [Fact]
    public async Task Refund_OfUncapturedCharge_ReleasesAllOrNothing()
    {
        Answer intent = await _stripe.PostAsync("/v1/payment_intents", "amount=2000&currency=usd&payment_method=pm_card_visa&confirm=true&capture_method=manual");
        string charge = intent["latest_charge"]!;

        Answer part = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500");
        Answer whole = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");

        Assert.Equal(400, part.Status);
        Assert.Equal(200, whole.Status);
        Assert.Equal("canceled", (await _stripe.GetAsync($"/v1/payment_intents/{intent.Id}"))["status"]);
    }

    [Fact]
    public async Task Refund_OfPendingRefundCard_SettlesWhenItsTimeComes()
    {
        string charge = await ChargeAsync(2000, method: "pm_card_pendingRefund");
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");
        Assert.Equal("pending", refund["status"]);

        _stripe.Clock.Advance(TimeSpan.FromSeconds(10));

        Answer settled = await _stripe.GetAsync($"/v1/refunds/{refund.Id}");
        Assert.Equal("succeeded", settled["status"]);
        Answer events = await _stripe.GetAsync("/v1/events?type=refund.updated");
        Assert.Equal(refund.Id, events.Json["data"]![0]!["data"]!["object"]!["id"]!.ToString());
    }

    [Fact]
    public async Task Refund_OfRefundFailCard_GivesTheAmountBackToTheCharge()
    {
        string charge = await ChargeAsync(2000, method: "pm_card_refundFail");
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");
        Assert.Equal("succeeded", refund["status"]);
        _stripe.Clock.Advance(TimeSpan.FromSeconds(10));

        Answer failed = await _stripe.GetAsync($"/v1/refunds/{refund.Id}");

        Assert.Equal("failed", failed["status"]);
        Assert.NotNull(failed["failure_reason"]);
        Assert.NotNull(failed["failure_balance_transaction"]);
        Answer after = await _stripe.GetAsync($"/v1/charges/{charge}");
        Assert.Equal("0", after["amount_refunded"]);
        Assert.Equal("false", after["refunded"]);
        Assert.Single((await _stripe.GetAsync("/v1/events?type=refund.failed")).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task Refund_BeyondLimitedBalance_WaitsForTheTopUp()
    {
        string charge = await ChargeAsync(2000);
        await _stripe.ControlAsync("balance", new JsonObject { ["currency"] = "usd", ["available"] = 1000 });

        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");
        await _stripe.ControlAsync("balance", new JsonObject { ["currency"] = "usd", ["top_up"] = 1000 });

        Assert.Equal("pending", refund["status"]);
        Assert.Equal("insufficient_funds", refund["pending_reason"]);
        Assert.Null(refund["balance_transaction"]);
        Assert.Equal("succeeded", (await _stripe.GetAsync($"/v1/refunds/{refund.Id}"))["status"]);
    }

    [Fact]
    public async Task Cancel_OnlyFromRequiresAction()
    {
        string charge = await ChargeAsync(2000);
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=700");

        Answer refused = await _stripe.PostAsync($"/v1/refunds/{refund.Id}/cancel");
        await _stripe.ControlAsync($"refunds/{refund.Id}/advance", new JsonObject { ["status"] = "requires_action" });
        Answer canceled = await _stripe.PostAsync($"/v1/refunds/{refund.Id}/cancel");

        Assert.Equal(400, refused.Status);
        Assert.Equal("canceled", canceled["status"]);
        Assert.Equal("0", (await _stripe.GetAsync($"/v1/charges/{charge}"))["amount_refunded"]);
    }

    [Fact]
    public async Task Refunds_AtTheSameTime_NeverExceedTheCharge()
    {
        string charge = await ChargeAsync(1000);

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=300")));

        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.Equal("900", (await _stripe.GetAsync($"/v1/charges/{charge}"))["amount_refunded"]);
        Assert.Equal(3, (await _stripe.GetAsync($"/v1/refunds?charge={charge}&limit=100")).Json["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("kwd", 5001, "Amounts in KWD must be a multiple of 10")]
    [InlineData("isk", 5050, "Amounts in ISK must be a multiple of 100")]
    public async Task Charge_InGranularCurrency_RefusesOddAmounts(string currency, long amount, string says)
    {
        Answer refused = await _stripe.PostAsync("/v1/payment_intents", $"amount={amount}&currency={currency}");

        Assert.Equal(400, refused.Status);
        Assert.Contains(says, refused.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> ChargeAsync(long amount, string currency = "usd", string method = "pm_card_visa") =>
        (await _stripe.PayAsync(amount, currency, method))["id"]!.ToString();
}
