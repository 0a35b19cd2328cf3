using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Keys;

namespace Orchestrator.Sandbox.Tests.Stripe.Keys;

public sealed class KeyTests : IAsyncLifetime
{
    private const string Restricted = "rk_test_51abcdefghijklmnopqrstuvwx";

    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Theory]
    [InlineData("", "You did not provide an API key.")]
    [InlineData("rk_test_51neverregistered0000abcd", "Invalid API Key provided: rk_test_*********************abcd")]
    [InlineData("nonsense", "Invalid API Key provided: no******")]
    [InlineData("pk_test_51publishable0000000abcd", "This API call cannot be made with a publishable API key.")]
    public async Task BadKey_Is401_AndNeverEchoed(string key, string says)
    {
        Answer refused = await _stripe.GetAsync("/v1/charges", key);

        Assert.Equal(401, refused.Status);
        Assert.StartsWith(says, refused.Error["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", refused.Error["type"]!.ToString());
    }

    [Theory]
    [InlineData("rak_charge_read", "GET", "/v1/charges", 200)]
    [InlineData("rak_charge_read", "GET", "/v1/refunds", 200)]
    [InlineData("rak_charge_write", "GET", "/v1/charges", 200)]
    [InlineData("rak_charge_write", "POST", "/v1/refunds", 200)]
    [InlineData("rak_charge_read", "POST", "/v1/refunds", 403)]
    [InlineData("rak_charge_write", "GET", "/v1/customers", 403)]
    [InlineData("rak_customer_write", "POST", "/v1/customers", 200)]
    public async Task RestrictedKey_MayDoWhatItsRightsSay(string right, string method, string path, int status)
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        await RegisterAsync(right);

        Answer answer = await _stripe.SendAsync(new HttpMethod(method), path, path.EndsWith("refunds", StringComparison.Ordinal) ? $"charge={charge}&amount=100" : "", Restricted);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task MissingRight_IsNamed_WithTheKeyMasked()
    {
        await RegisterAsync("rak_charge_read");

        Answer refused = await _stripe.PostAsync("/v1/refunds", "charge=ch_x", Restricted);

        Assert.Equal(403, refused.Status);
        Assert.Equal(
            "The provided key 'rk_test_**********************uvwx' does not have the required permissions for this endpoint on account 'acct_1SandboxSandbox0'. Having the 'rak_charge_write' permission would allow this request to continue.",
            refused.Error["message"]!.ToString());
    }

    [Theory]
    [InlineData(SandboxKeys.Read, "GET", "/v1/refunds", 200)]
    [InlineData(SandboxKeys.Read, "POST", "/v1/refunds", 403)]
    [InlineData(SandboxKeys.Refund, "POST", "/v1/refunds", 400)]
    [InlineData(SandboxKeys.Refund, "POST", "/v1/customers", 403)]
    public async Task KeysThatAreThereFromTheStart_ReadOrRefund_NeverBoth(string key, string method, string path, int status)
    {
        Answer answer = await _stripe.SendAsync(new HttpMethod(method), path, "", key);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Expansion_NeedsTheRightToWhatItOpens()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "email=a@example.com");
        JsonObject charge = await _stripe.PayAsync(more: $"&customer={customer.Id}");
        await RegisterAsync("rak_charge_read");

        Answer refused = await _stripe.GetAsync($"/v1/charges/{charge["id"]}?expand[]=customer", Restricted);

        Assert.Equal(403, refused.Status);
        Assert.Contains("rak_customer_read", refused.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RotatedKey_WorksThroughItsOverlap_ThenExpires()
    {
        await RegisterAsync("rak_charge_read");
        await _stripe.ControlAsync("keys/expire", new JsonObject { ["key"] = Restricted, ["in_seconds"] = 3600 });

        Answer during = await _stripe.GetAsync("/v1/charges", Restricted);
        _stripe.Clock.Advance(TimeSpan.FromHours(1));
        Answer after = await _stripe.GetAsync("/v1/charges", Restricted);

        Assert.Equal(200, during.Status);
        Assert.Equal(401, after.Status);
        Assert.Equal("api_key_expired", after.Error["code"]!.ToString());
        Assert.StartsWith("Expired API Key provided: rk_test_***", after.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveKey_SeesNothingOfTestMode_ButTheHint()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        const string Live = "sk_live_00000000000000000000000000";

        Answer read = await _stripe.GetAsync($"/v1/charges/{charge}", Live);
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", Live);
        Answer list = await _stripe.GetAsync("/v1/charges", Live);

        Assert.Equal($"No such charge: '{charge}'; a similar object exists in test mode, but a live mode key was used to make this request.", read.Error["message"]!.ToString());
        Assert.Equal(404, refund.Status);
        Assert.Empty(list.Json["data"]!.AsArray());
    }

    [Fact]
    public async Task AgentKey_UnderARule_IsHeldForApproval_AndRunsOnceApproved()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        await _stripe.ControlAsync("keys", new JsonObject { ["key"] = Restricted, ["permissions"] = new JsonArray("rak_charge_write"), ["agent"] = true });
        await _stripe.ControlAsync("settings", new JsonObject { ["approvals"] = "agents" });

        Answer held = await _stripe.PostAsync("/v1/refunds", $"charge={charge}&metadata[case]=c-1", Restricted, "k-1");
        JsonObject request = held.Error["approval_request"]!.AsObject();
        JsonObject decided = await _stripe.ControlAsync($"approval_requests/{request["id"]}/approve");

        Assert.Equal("approval_required", held.Error["code"]!.ToString());
        Assert.Equal("pending", request["status"]!.ToString());
        Assert.Equal("succeeded", decided["result"]!["status"]!.ToString());
        JsonArray refunds = (await _stripe.GetAsync($"/v1/refunds?charge={charge}")).Json["data"]!.AsArray();
        Assert.Equal("c-1", Assert.Single(refunds)!["metadata"]!["case"]!.ToString());
    }

    private Task<JsonObject> RegisterAsync(params string[] rights) => _stripe.ControlAsync("keys", new JsonObject
    {
        ["key"] = Restricted,
        ["permissions"] = new JsonArray([.. rights.Select(right => JsonValue.Create(right))]),
    });
}
