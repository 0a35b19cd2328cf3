using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stripe-sandbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restart_KeepsMoneyKeysAndIdempotency()
    {
        string charge;
        await using (StripeHost first = await StripeHost.StartAsync(_folder))
        {
            charge = (await first.PayAsync())["id"]!.ToString();
            await first.ControlAsync("keys", new JsonObject { ["key"] = "rk_test_kept0000000000000000", ["permissions"] = new JsonArray("rak_charge_write") });
            await first.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1");
        }

        await using StripeHost second = await StripeHost.StartAsync(_folder);
        Answer replayed = await second.PostAsync("/v1/refunds", $"charge={charge}&amount=500", idempotencyKey: "k-1", key: "rk_test_kept0000000000000000");
        Answer after = await second.GetAsync($"/v1/charges/{charge}");

        Assert.Equal(200, replayed.Status);
        Assert.Equal("true", replayed.Headers["Idempotent-Replayed"]);
        Assert.Equal("500", after["amount_refunded"]);
        JsonObject ledger = await second.ControlAsync(HttpMethod.Get, "ledger");
        Assert.Single(ledger["refunds"]!.AsArray());
        Assert.Equal("k-1", ledger["refunds"]![0]!["idempotency_key"]!.ToString());
    }

    [Fact]
    public async Task Restart_BeforeARefundSettled_LetsItSettleAfterwards()
    {
        string refund;
        await using (StripeHost first = await StripeHost.StartAsync(_folder))
        {
            await first.ControlAsync("settings", new JsonObject { ["settle_after_seconds"] = 3600 });
            refund = (await first.PostAsync("/v1/refunds", $"charge={(await first.PayAsync(method: "pm_card_pendingRefund"))["id"]}")).Id;
        }

        await using StripeHost second = await StripeHost.StartAsync(_folder);
        Answer pending = await second.GetAsync($"/v1/refunds/{refund}");
        second.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("pending", pending["status"]);
        Assert.Equal("succeeded", (await second.GetAsync($"/v1/refunds/{refund}"))["status"]);
    }

    [Fact]
    public async Task Journal_HoldsNoKey()
    {
        const string Key = "rk_test_neverwritten0000000000";
        await using (StripeHost stripe = await StripeHost.StartAsync(_folder))
        {
            await stripe.ControlAsync("keys", new JsonObject { ["key"] = Key, ["permissions"] = new JsonArray("rak_customer_write") });
            Assert.Equal(200, (await stripe.PostAsync("/v1/customers", "name=x", Key)).Status);
        }

        string written = await File.ReadAllTextAsync(Path.Combine(_folder, "stripe.journal"));
        Assert.DoesNotContain(Key, written, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"x\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_AfterATornLine_DropsThatActAlone()
    {
        string charge;
        await using (StripeHost first = await StripeHost.StartAsync(_folder))
        {
            charge = (await first.PayAsync())["id"]!.ToString();
        }

        await File.AppendAllTextAsync(Path.Combine(_folder, "stripe.journal"), """{"put":[{"id":"re_torn","object":"refu""");

        await using StripeHost second = await StripeHost.StartAsync(_folder);

        Assert.Equal(200, (await second.GetAsync($"/v1/charges/{charge}")).Status);
        Assert.Equal(404, (await second.GetAsync("/v1/refunds/re_torn")).Status);
        Assert.Equal(200, (await second.PostAsync("/v1/refunds", $"charge={charge}")).Status);
    }
}
