using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.PaymentIntents;

public sealed class PaymentIntentTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Theory]
    [InlineData("usd", 2000)]
    [InlineData("jpy", 2000)]
    [InlineData("kwd", 20000)]
    public async Task Payment_Succeeds_AndTheBalanceHoldsItsNet(string currency, long amount)
    {
        JsonObject charge = await _stripe.PayAsync(amount, currency);

        Answer entry = await _stripe.GetAsync($"/v1/balance_transactions/{charge["balance_transaction"]}");
        Answer balance = await _stripe.GetAsync("/v1/balance");

        Assert.Equal("true", charge["paid"]!.ToString());
        Assert.Equal("true", charge["captured"]!.ToString());
        Assert.Equal(amount, entry.Json["amount"]!.GetValue<long>());
        Assert.Equal(amount - entry.Json["fee"]!.GetValue<long>(), entry.Json["net"]!.GetValue<long>());
        JsonNode pending = balance.Json["pending"]!.AsArray().Single(purse => purse!["currency"]!.ToString() == currency)!;
        Assert.Equal(entry["net"], pending["amount"]!.ToString());
        Assert.False(charge.ContainsKey("invoice"));
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", null)]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", null)]
    [InlineData("pm_card_chargeCustomerFail", "card_declined", "generic_decline")]
    [InlineData("pm_card_radarBlock", "card_declined", "fraudulent")]
    public async Task Declined_Answers402_AndLeavesAFailedCharge(string method, string code, string? decline)
    {
        Answer refused = await _stripe.PostAsync("/v1/payment_intents", $"amount=2000&currency=usd&payment_method={method}&confirm=true");

        Assert.Equal(402, refused.Status);
        Assert.Equal("card_error", refused.Error["type"]!.ToString());
        Assert.Equal(code, refused.Error["code"]!.ToString());
        Assert.Equal(decline, refused.Error["decline_code"]?.ToString());
        Answer charge = await _stripe.GetAsync($"/v1/charges/{refused.Error["charge"]}");
        Assert.Equal("failed", charge["status"]);
        Assert.Equal("requires_payment_method", (await _stripe.GetAsync($"/v1/payment_intents/{refused.Error["payment_intent"]!["id"]}"))["status"]);
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge.Id}");
        Assert.Equal(400, refund.Status);
    }

    [Theory]
    [InlineData("4242424242424242", "succeeded", "visa")]
    [InlineData("5555 5555 5555 4444", "succeeded", "mastercard")]
    [InlineData("4000002760003184", "requires_action", "visa")]
    public async Task RawTestNumber_BecomesAPaymentMethod(string number, string status, string brand)
    {
        Answer method = await _stripe.PostAsync("/v1/payment_methods", $"type=card&card[number]={number}&card[exp_month]=12&card[exp_year]=2031&card[cvc]=123");
        Answer intent = await _stripe.PostAsync("/v1/payment_intents", $"amount=2000&currency=usd&payment_method={method.Id}&confirm=true");

        Assert.Equal(brand, method.Json["card"]!["brand"]!.ToString());
        Assert.Equal(status, intent["status"]);
    }

    [Fact]
    public async Task RealNumber_IsRefused()
    {
        Answer refused = await _stripe.PostAsync("/v1/payment_methods", "type=card&card[number]=4111111111111111&card[exp_month]=12&card[exp_year]=2031");

        Assert.Equal("test_mode_live_card", refused.Error["decline_code"]!.ToString());
    }

    [Fact]
    public async Task Authentication_Passed_LetsThePaymentThrough()
    {
        Answer intent = await _stripe.PostAsync("/v1/payment_intents", "amount=2000&currency=usd&payment_method=pm_card_authenticationRequired&confirm=true");

        await _stripe.ControlAsync($"payment_intents/{intent.Id}/authenticate", new JsonObject { ["passed"] = true });

        Assert.Equal("succeeded", (await _stripe.GetAsync($"/v1/payment_intents/{intent.Id}"))["status"]);
    }

    [Fact]
    public async Task Capture_OfLess_LeavesOnlyThatRefundable()
    {
        Answer intent = await _stripe.PostAsync("/v1/payment_intents", "amount=2000&currency=usd&payment_method=pm_card_visa&confirm=true&capture_method=manual");
        Answer captured = await _stripe.PostAsync($"/v1/payment_intents/{intent.Id}/capture", "amount_to_capture=1200");

        Answer none = await _stripe.GetAsync($"/v1/refunds?payment_intent={intent.Id}");
        Answer charge = await _stripe.GetAsync($"/v1/charges/{intent["latest_charge"]}");
        Answer over = await _stripe.PostAsync("/v1/refunds", $"payment_intent={intent.Id}&amount=1201");
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"payment_intent={intent.Id}");

        Assert.Equal("requires_capture", intent["status"]);
        Assert.Equal("1200", captured["amount_received"]);
        Assert.Empty(none.Json["data"]!.AsArray());
        Assert.Equal(("2000", "1200", "0"), (charge["amount"], charge["amount_captured"], charge["amount_refunded"]));
        Assert.Equal(400, over.Status);
        Assert.Equal("1200", refund["amount"]);
        Answer after = await _stripe.GetAsync($"/v1/charges/{intent["latest_charge"]}");
        Assert.Equal(("1200", "true"), (after["amount_refunded"], after["refunded"]));
    }

    [Theory]
    [InlineData(true, "expired")]
    [InlineData(false, null)]
    public async Task Authorization_ThatEnds_LeavesNoRefundAndNothingToRefund(bool byItself, string? reason)
    {
        Answer intent = await _stripe.PostAsync("/v1/payment_intents", "amount=2000&currency=usd&payment_method=pm_card_visa&confirm=true&capture_method=manual");
        if (byItself)
        {
            _stripe.Clock.Advance(TimeSpan.FromDays(7.1));
        }
        else
        {
            await _stripe.PostAsync($"/v1/payment_intents/{intent.Id}/cancel");
        }

        Answer ended = await _stripe.GetAsync($"/v1/payment_intents/{intent.Id}");
        Answer charge = await _stripe.GetAsync($"/v1/charges/{intent["latest_charge"]}");

        Assert.Equal(("canceled", reason), (ended["status"], ended.Json["cancellation_reason"]?.ToString()));
        Assert.Equal(("0", "0", "false", "false"), (charge["amount_captured"], charge["amount_refunded"], charge["refunded"], charge["captured"]));
        Assert.False(charge.Json.ContainsKey("_released"));
        Assert.Empty((await _stripe.GetAsync($"/v1/refunds?charge={charge.Id}")).Json["data"]!.AsArray());
        Assert.Equal("charge_not_refundable", (await _stripe.PostAsync("/v1/refunds", $"charge={charge.Id}")).Error["code"]!.ToString());
        string[] told = [.. (await _stripe.GetAsync("/v1/events?limit=100")).Json["data"]!.AsArray().Select(one => one!["type"]!.ToString())];
        Assert.DoesNotContain("charge.refunded", told);
        Assert.Equal(byItself, told.Contains("charge.expired"));
    }

    [Fact]
    public async Task Cancel_OfASucceededIntent_IsAnUnexpectedState()
    {
        JsonObject charge = await _stripe.PayAsync();

        Answer refused = await _stripe.PostAsync($"/v1/payment_intents/{charge["payment_intent"]}/cancel");

        Assert.Equal("payment_intent_unexpected_state", refused.Error["code"]!.ToString());
    }

    [Fact]
    public async Task DeclinedSource_LeavesNoCustomerBehind()
    {
        Answer refused = await _stripe.PostAsync("/v1/customers", "email=a@example.com&source=tok_chargeDeclined");

        Assert.Equal(402, refused.Status);
        Assert.Empty((await _stripe.GetAsync("/v1/customers")).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task ElevatedRisk_StandsOnTheCharge_AndCanBePatched()
    {
        JsonObject charge = await _stripe.PayAsync(method: "pm_card_riskLevelElevated");
        await _stripe.ControlAsync(HttpMethod.Patch, $"objects/{charge["id"]}", new JsonObject { ["created"] = 1_600_000_000, ["outcome"] = new JsonObject { ["risk_level"] = "highest" } });

        Answer patched = await _stripe.GetAsync($"/v1/charges/{charge["id"]}");

        Assert.Equal("elevated", charge["outcome"]!["risk_level"]!.ToString());
        Assert.Equal("highest", patched.Json["outcome"]!["risk_level"]!.ToString());
        Assert.Equal("authorized", patched.Json["outcome"]!["type"]!.ToString());
        Assert.Equal("1600000000", patched["created"]);
    }
}
