using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Events;

public sealed class EventTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task Event_SaysWhichRequestAndKeyCausedIt()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        Answer refund = await _stripe.PostAsync("/v1/refunds", $"charge={charge}", idempotencyKey: "k-1");

        Answer events = await _stripe.GetAsync("/v1/events?type=refund.created");

        JsonNode happened = Assert.Single(events.Json["data"]!.AsArray())!;
        Assert.Equal(refund.Headers["Request-Id"], happened["request"]!["id"]!.ToString());
        Assert.Equal("k-1", happened["request"]!["idempotency_key"]!.ToString());
        Assert.Equal(refund.Id, happened["data"]!["object"]!["id"]!.ToString());
        Answer refunded = await _stripe.GetAsync("/v1/events?types[]=charge.refunded&types[]=charge.failed");
        Assert.Equal("true", refunded.Json["data"]![0]!["data"]!["object"]!["refunded"]!.ToString());
    }

    [Fact]
    public async Task Event_OfAnUpdate_ShowsWhatWasBefore()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "name=Before");
        await _stripe.PostAsync($"/v1/customers/{customer.Id}", "name=After");

        Answer events = await _stripe.GetAsync("/v1/events?type=customer.*");

        JsonNode updated = events.Json["data"]![0]!;
        Assert.Equal("""{"name":"Before"}""", updated["data"]!["previous_attributes"]!.ToJsonString());
        Assert.Equal("customer.created", events.Json["data"]![1]!["type"]!.ToString());
    }

    [Fact]
    public async Task Events_OlderThan30Days_AreGone()
    {
        await _stripe.PostAsync("/v1/customers");
        _stripe.Clock.Advance(TimeSpan.FromDays(30.1));

        Assert.Empty((await _stripe.GetAsync("/v1/events")).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task Webhook_IsSignedOverTimeAndBody()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        Answer endpoint = await ListenAsync(listener, "customer.created");

        Answer customer = await _stripe.PostAsync("/v1/customers", "name=Zoë");
        await listener.UntilAsync(it => it.Received.Count == 1);

        var (body, signature) = Assert.Single(listener.Received);
        string time = signature.Split(',')[0][2..];
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(endpoint["secret"]!), Encoding.UTF8.GetBytes($"{time}.{body}"));
        Assert.Equal($"t={time},v1={Convert.ToHexStringLower(mac)}", signature);
        Assert.InRange(long.Parse(time, CultureInfo.InvariantCulture), customer.Json["created"]!.GetValue<long>(), customer.Json["created"]!.GetValue<long>() + 60);
        Assert.Equal(customer.Id, JsonNode.Parse(body)!["data"]!["object"]!["id"]!.ToString());
        Assert.StartsWith("whsec_", endpoint["secret"], StringComparison.Ordinal);
        Assert.Null((await _stripe.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}"))["secret"]);
    }

    [Fact]
    public async Task Webhook_WithAChosenSecret_IsOneEndpointPerAddress()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        JsonObject chosen = new() { ["url"] = listener.Url, ["secret"] = "whsec_chosen", ["enabled_events"] = new JsonArray("customer.created") };
        JsonObject first = await _stripe.ControlAsync("webhook_endpoints", chosen);
        JsonObject second = await _stripe.ControlAsync("webhook_endpoints", chosen);

        await _stripe.PostAsync("/v1/customers", "name=x");
        await listener.UntilAsync(it => !it.Received.IsEmpty);

        var (body, signature) = Assert.Single(listener.Received);
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes("whsec_chosen"), Encoding.UTF8.GetBytes($"{signature.Split(',')[0][2..]}.{body}"));
        Assert.EndsWith($"v1={Convert.ToHexStringLower(mac)}", signature, StringComparison.Ordinal);
        Assert.Equal(first["id"]!.ToString(), second["id"]!.ToString());
    }

    [Fact]
    public async Task Webhook_Refused_IsTriedAgain_WithTheSameEvent()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync(refusals: 1);
        await ListenAsync(listener, "*");
        await _stripe.ControlAsync("settings", Webhooks("retry_seconds", 0));

        await _stripe.PostAsync("/v1/customers", "name=x");
        await listener.UntilAsync(it => it.Received.Count == 1);

        Assert.Equal("customer.created", listener.Types[0]);
    }

    [Fact]
    public async Task Webhook_Duplicated_ComesTwiceUnderOneEventId()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        await ListenAsync(listener, "customer.created");
        await _stripe.ControlAsync("settings", Webhooks("duplicates", 1));

        await _stripe.PostAsync("/v1/customers", "name=x");
        await listener.UntilAsync(it => it.Received.Count == 2);

        Assert.Single(listener.Received.Select(received => JsonNode.Parse(received.Body)!["id"]!.ToString()).Distinct());
    }

    [Fact]
    public async Task Webhooks_InDisorder_ComeLastFirst()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        await ListenAsync(listener, "refund.created", "charge.refunded");
        await _stripe.ControlAsync("settings", Webhooks("disorder", true));
        string charge = (await _stripe.PayAsync())["id"]!.ToString();

        await _stripe.PostAsync("/v1/refunds", $"charge={charge}");
        await listener.UntilAsync(it => it.Received.Count == 2);

        Assert.Equal(["charge.refunded", "refund.created"], listener.Types);
    }

    [Fact]
    public async Task Webhooks_Delayed_LeaveWhenTheirTimeComes()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        await ListenAsync(listener, "customer.created", "product.created");
        await _stripe.ControlAsync("settings", Webhooks("delay_seconds", 3600));
        await _stripe.PostAsync("/v1/customers", "name=x");
        await _stripe.ControlAsync("settings", Webhooks("delay_seconds", 0));
        await _stripe.PostAsync("/v1/products", "name=y");
        await listener.UntilAsync(it => it.Received.Count == 1);
        Assert.Equal(["product.created"], listener.Types);

        _stripe.Clock.Advance(TimeSpan.FromHours(2));
        await listener.UntilAsync(it => it.Received.Count == 2);

        Assert.Equal("customer.created", listener.Types[1]);
    }

    [Fact]
    public async Task Webhooks_SwitchedOff_WaitUntilTheyAreSwitchedOn()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        await ListenAsync(listener, "customer.created");
        await _stripe.ControlAsync("settings", Webhooks("delivery", false));
        await _stripe.PostAsync("/v1/customers", "name=x");
        Answer events = await _stripe.GetAsync("/v1/events?type=customer.created");
        Assert.Equal("1", events.Json["data"]![0]!["pending_webhooks"]!.ToString());
        Assert.Empty(listener.Received);

        await _stripe.ControlAsync("settings", Webhooks("delivery", true));
        await listener.UntilAsync(it => it.Received.Count == 1);

        Assert.Equal("customer.created", listener.Types[0]);
    }

    [Fact]
    public async Task Webhook_ToAnotherMachine_IsNeverSent()
    {
        await using WebhookListener listener = await WebhookListener.StartAsync();
        await _stripe.PostAsync("/v1/webhook_endpoints", "url=http://192.0.2.1/hook&enabled_events[]=*");
        await ListenAsync(listener, "customer.created");
        await _stripe.ControlAsync("settings", Webhooks("attempts", 1));

        Answer customer = await _stripe.PostAsync("/v1/customers", "name=x");
        await listener.UntilAsync(it => it.Received.Count == 1);

        // The delivery abroad failed at once and was given up; only the one at home counts as made.
        Answer events = await _stripe.GetAsync("/v1/events?type=customer.created");
        Assert.Equal(customer.Id, events.Json["data"]![0]!["data"]!["object"]!["id"]!.ToString());
        Assert.NotEqual("0", events.Json["data"]![0]!["pending_webhooks"]!.ToString());
    }

    private async Task<Answer> ListenAsync(WebhookListener listener, params string[] types)
    {
        string wanted = string.Concat(types.Select(type => $"&enabled_events[]={type}"));
        Answer endpoint = await _stripe.PostAsync("/v1/webhook_endpoints", $"url={listener.Url}{wanted}");
        Assert.Equal(200, endpoint.Status);
        return endpoint;
    }

    private static JsonObject Webhooks(string name, JsonNode value) => new() { ["webhooks"] = new JsonObject { [name] = value } };
}
