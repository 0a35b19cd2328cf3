using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Charges;

public sealed class ChargeTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task Charge_OfACustomersSource_IsListedUnderThatCustomer()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "email=a@example.com&source=tok_visa");
        Answer charge = await _stripe.PostAsync("/v1/charges", $"amount=2000&currency=usd&customer={customer.Id}&description=Shoes&metadata[order]=A-1");
        await _stripe.PayAsync();

        Answer list = await _stripe.GetAsync($"/v1/charges?customer={customer.Id}");

        Assert.Equal("succeeded", charge["status"]);
        Assert.Equal(charge.Id, Assert.Single(list.Json["data"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task DeletedCustomer_KeepsItsCharges_ButGetsNoNewOnes()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "source=tok_visa");
        await _stripe.PostAsync("/v1/charges", $"amount=2000&currency=usd&customer={customer.Id}");
        await _stripe.DeleteAsync($"/v1/customers/{customer.Id}");

        Answer list = await _stripe.GetAsync($"/v1/charges?customer={customer.Id}");
        Answer refused = await _stripe.PostAsync("/v1/charges", $"amount=2000&currency=usd&customer={customer.Id}");

        Assert.Single(list.Json["data"]!.AsArray());
        Assert.Equal($"No such customer: '{customer.Id}'", refused.Error["message"]!.ToString());
        Assert.Equal("true", (await _stripe.GetAsync($"/v1/customers/{customer.Id}"))["deleted"]);
    }

    [Fact]
    public async Task Charge_CapturedLater_IsCapturedOnce()
    {
        Answer charge = await _stripe.PostAsync("/v1/charges", "amount=2000&currency=usd&source=tok_visa&capture=false");

        Answer captured = await _stripe.PostAsync($"/v1/charges/{charge.Id}/capture");
        Answer again = await _stripe.PostAsync($"/v1/charges/{charge.Id}/capture");

        Assert.Equal("false", charge["captured"]);
        Assert.Equal("true", captured["captured"]);
        Assert.Equal("charge_already_captured", again.Error["code"]!.ToString());
    }

    [Fact]
    public async Task Authorization_NobodyCaptures_ExpiresAfterAWeek()
    {
        Answer charge = await _stripe.PostAsync("/v1/charges", "amount=2000&currency=usd&source=tok_visa&capture=false");
        _stripe.Clock.Advance(TimeSpan.FromDays(7.1));

        Answer refunds = await _stripe.GetAsync($"/v1/refunds?charge={charge.Id}");

        Assert.Empty(refunds.Json["data"]!.AsArray());
        Assert.Equal(400, (await _stripe.PostAsync($"/v1/charges/{charge.Id}/capture")).Status);
    }

    [Fact]
    public async Task Token_IsUsedOnce()
    {
        Answer token = await _stripe.PostAsync("/v1/tokens", "card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2031");
        Answer first = await _stripe.PostAsync("/v1/charges", $"amount=2000&currency=usd&source={token.Id}");
        Answer second = await _stripe.PostAsync("/v1/charges", $"amount=2000&currency=usd&source={token.Id}");

        Assert.Equal(200, first.Status);
        Assert.Equal("token_already_used", second.Error["code"]!.ToString());
    }

    [Fact]
    public async Task FraudulentRefund_MarksTheCharge()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();

        await _stripe.PostAsync("/v1/refunds", $"charge={charge}&reason=fraudulent");

        Assert.Equal("fraudulent", (await _stripe.GetAsync($"/v1/charges/{charge}")).Json["fraud_details"]!["user_report"]!.ToString());
    }

    [Fact]
    public async Task Ledger_ShowsRequestsWithTheirAnswer_AndNoKey()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&metadata[case]=c-1", idempotencyKey: "k-1");

        JsonObject ledger = await _stripe.ControlAsync(HttpMethod.Get, "ledger");

        JsonNode request = ledger["requests"]!.AsArray()[^1]!;
        Assert.Equal("/v1/refunds", request["path"]!.ToString());
        Assert.Equal(refund.Headers["Request-Id"], request["request_id"]!.ToString());
        Assert.Equal("k-1", request["idempotency_key"]!.ToString());
        Assert.Equal("c-1", ledger["refunds"]![0]!["metadata"]!["case"]!.ToString());
        Assert.DoesNotContain(StripeHost.SecretKey, ledger.ToJsonString(), StringComparison.Ordinal);
    }
}
