using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Idempotency;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task SameKey_SameParameters_ReplaysTheFirstAnswer()
    {
        string charge = await ChargeAsync();

        Answer first = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");
        Answer again = await _stripe.PostAsync("/v1/refunds", $"amount=500&charge={charge}", idempotencyKey: "k-1");

        Assert.Equal(first.Json.ToJsonString(), again.Json.ToJsonString());
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal(first.Headers["Request-Id"], again.Headers["Original-Request"]);
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal(1, await RefundsUnderAsync("k-1"));
    }

    [Fact]
    public async Task SameKey_OtherParameters_IsAnIdempotencyError()
    {
        string charge = await ChargeAsync();
        await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");

        Answer refused = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=501", idempotencyKey: "k-1");

        Assert.Equal(400, refused.Status);
        Assert.Equal("idempotency_error", refused.Error["type"]!.ToString());
        Assert.StartsWith("Keys for idempotent requests can only be used with the same parameters they were first used with.", refused.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, null, "lock_timeout", "true")]
    [InlineData(409, "idempotency_key_in_use", "idempotency_key_in_use", "true")]
    [InlineData(429, "lock_timeout", "lock_timeout", "true")]
    [InlineData(429, null, "rate_limit", "false")]
    public async Task ConflictsAndLimits_AreNeverRememberedUnderAKey(int status, string? code, string expected, string retry)
    {
        string charge = await ChargeAsync();
        await _stripe.ControlAsync("failures", new JsonObject { ["operation"] = "POST /v1/refunds", ["status"] = status, ["code"] = code });

        Answer refused = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");
        Answer again = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");

        Assert.Equal((status, expected, retry), (refused.Status, refused.Error["code"]!.ToString(), refused.Headers["Stripe-Should-Retry"]));
        Assert.Equal((200, false), (again.Status, again.Headers.ContainsKey("Idempotent-Replayed")));
        Assert.Equal(1, await RefundsUnderAsync("k-1"));
    }

    [Fact]
    public async Task SameKey_AfterADay_IsANewRequest()
    {
        string charge = await ChargeAsync();
        await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");
        _stripe.Clock.Advance(TimeSpan.FromHours(24.1));

        Answer later = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");

        Assert.Equal(200, later.Status);
        Assert.False(later.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal(2, await RefundsUnderAsync("k-1"));
    }

    [Fact]
    public async Task SameKey_WhileTheFirstRuns_IsAConflict_AndOneEffect()
    {
        string charge = await ChargeAsync();
        await _stripe.ControlAsync("settings", new JsonObject { ["think_milliseconds"] = 1500 });

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1")));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer =>
        {
            Assert.Equal(409, answer.Status);
            Assert.Equal("idempotency_key_in_use", answer.Error["code"]!.ToString());
        });
        Assert.Equal(1, await RefundsUnderAsync("k-1"));
    }

    [Fact]
    public async Task ClientThatGoesAway_DoesNotStopTheEffect_AndItsKeyTellsTheAnswer()
    {
        string charge = await ChargeAsync();
        await _stripe.ControlAsync("settings", new JsonObject { ["think_milliseconds"] = 2000 });
        using CancellationTokenSource impatience = new(TimeSpan.FromSeconds(1));
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/refunds");
        request.Content = new StringContent($"charge={charge}&amount=500", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StripeHost.SecretKey);
        request.Headers.Add("Idempotency-Key", "k-1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _stripe.Http.SendAsync(request, impatience.Token));

        Answer again;
        do
        {
            again = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");
        }
        while (again.Status == 409);

        Assert.Equal(200, again.Status);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal(1, await RefundsUnderAsync("k-1"));
    }

    [Fact]
    public async Task ParameterError_IsNotRemembered_ButARefusalIs()
    {
        string charge = await ChargeAsync();
        await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=x", idempotencyKey: "k-1");
        Answer corrected = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&amount=2000", idempotencyKey: "k-1");
        Answer refused = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", idempotencyKey: "k-2");
        Answer replayed = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", idempotencyKey: "k-2");

        Assert.Equal(200, corrected.Status);
        Assert.Equal("charge_already_refunded", refused.Error["code"]!.ToString());
        Assert.Equal("true", replayed.Headers["Idempotent-Replayed"]);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task ServerError_IsRemembered_WithOrWithoutItsEffect(bool effect, int refunds)
    {
        string charge = await ChargeAsync();
        await _stripe.ControlAsync("failures", new JsonObject { ["operation"] = "POST /v1/refunds", ["effect"] = effect });

        Answer first = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", idempotencyKey: "k-1");
        Answer again = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", idempotencyKey: "k-1");

        Assert.Equal(500, first.Status);
        Assert.Equal("api_error", first.Error["type"]!.ToString());
        Assert.Equal(500, again.Status);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal(refunds, (await _stripe.GetAsync($"/v1/refunds?charge={charge}")).Json["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task OverlongKey_IsRefused()
    {
        Answer refused = await _stripe.PostAsync("/v1/customers", "", idempotencyKey: new string('k', 256));

        Assert.Equal(400, refused.Status);
    }

    private async Task<string> ChargeAsync() => (await _stripe.PayAsync())["id"]!.ToString();

    private async Task<int> RefundsUnderAsync(string key)
    {
        JsonObject ledger = await _stripe.ControlAsync(HttpMethod.Get, "ledger");
        JsonNode? line = ledger["effects"]!.AsArray().FirstOrDefault(effect => effect!["idempotency_key"]!.ToString() == key);
        return line?["refunds"]!.GetValue<int>() ?? 0;
    }
}
