using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Graph;

public sealed class GraphStandInTests : IAsyncLifetime
{
    private const string Mailbox = "support@sandbox.example";
    private RunningSandbox _sandbox = null!;
    private Subscriber _subscriber = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { GraphPort = 0 });
        _subscriber = await Subscriber.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _subscriber.DisposeAsync();
    }

    [Fact]
    public async Task Mail_Arriving_IsAnnouncedToTheSubscriberAndCanBeFetched()
    {
        string subscription = await SubscribeAsync();

        var arrived = await ArriveAsync(new JsonObject { ["messageId"] = "<1@customer.example>", ["replyTo"] = "other@customer.example" });

        var notification = Assert.Single(_subscriber.Notifications)["value"]![0]!;
        Assert.Equal(subscription, notification["subscriptionId"]!.GetValue<string>());
        Assert.Equal("the-secret", notification["clientState"]!.GetValue<string>());
        Assert.Equal("created", notification["changeType"]!.GetValue<string>());
        Assert.Equal(_sandbox.At.Graph!.TenantId, notification["tenantId"]!.GetValue<string>());
        string id = notification["resourceData"]!["id"]!.GetValue<string>();
        Assert.Equal(arrived["id"]!.GetValue<string>(), id);

        using var answer = await SendAsync(HttpMethod.Get, $"/v1.0/users/{Mailbox}/messages/{id}");
        var message = await JsonAsync(answer);
        Assert.Equal("<1@customer.example>", message["internetMessageId"]!.GetValue<string>());
        Assert.Equal("ana@customer.example", message["from"]!["emailAddress"]!["address"]!.GetValue<string>());
        Assert.Equal("Ana", message["sender"]!["emailAddress"]!["name"]!.GetValue<string>());
        Assert.Equal("other@customer.example", message["replyTo"]![0]!["emailAddress"]!["address"]!.GetValue<string>());
        Assert.Equal("html", message["body"]!["contentType"]!.GetValue<string>());
        Assert.Null(message["internetMessageHeaders"]);
    }

    [Fact]
    public async Task Message_WithSelect_HasOnlyWhatWasSelected()
    {
        var arrived = await ArriveAsync(new JsonObject { ["headers"] = new JsonArray(new JsonObject { ["name"] = "Auto-Submitted", ["value"] = "auto-replied" }) });

        using var answer = await SendAsync(HttpMethod.Get, $"/v1.0/users/{Mailbox}/messages/{arrived["id"]}?$select=subject,internetMessageHeaders");

        var message = await JsonAsync(answer);
        Assert.Equal("Refund please", message["subject"]!.GetValue<string>());
        Assert.Equal("auto-replied", message["internetMessageHeaders"]![0]!["value"]!.GetValue<string>());
        Assert.Null(message["body"]);
    }

    [Fact]
    public async Task Notification_DuplicatedAndForged_OnDemand()
    {
        await SubscribeAsync();

        await ArriveAsync(new JsonObject { ["notify"] = new JsonObject { ["duplicates"] = 2 } });
        await ArriveAsync(new JsonObject { ["notify"] = new JsonObject { ["wrongClientState"] = true } });
        await ArriveAsync(new JsonObject { ["notify"] = new JsonObject { ["silent"] = true } });

        var states = _subscriber.Notifications.Select(one => one["value"]![0]!["clientState"]!.GetValue<string>()).ToList();
        Assert.Equal(["the-secret", "the-secret", "the-secret", "not-the-secret"], states);
    }

    [Fact]
    public async Task Notification_FailingTwice_IsTriedAgain()
    {
        await SubscribeAsync();
        _subscriber.Failures = 2;

        var arrived = await ArriveAsync([]);

        Assert.Equal(202, arrived["notified"]![0]!["status"]!.GetValue<int>());
        Assert.Single(_subscriber.Notifications);
    }

    [Fact]
    public async Task Subscribe_WithoutTheRightEcho_IsRefused()
    {
        _subscriber.Echo = "something else";

        using var answer = await SendAsync(HttpMethod.Post, "/v1.0/subscriptions", Subscription());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("ValidationError", (await JsonAsync(answer))["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("notificationUrl", "https://elsewhere.example/hook")]
    [InlineData("expirationDateTime", "2020-01-01T00:00:00Z")]
    [InlineData("expirationDateTime", "2999-01-01T00:00:00Z")]
    [InlineData("resource", null)]
    public async Task Subscribe_ThatGraphWouldNotTake_IsRefused(string member, string? value)
    {
        var subscription = Subscription();
        subscription[member] = value;

        using var answer = await SendAsync(HttpMethod.Post, "/v1.0/subscriptions", subscription);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Subscription_RenewedDeletedAndExpired()
    {
        string id = await SubscribeAsync();
        var later = TimeProvider.System.GetUtcNow().AddDays(6);

        using var renewed = await SendAsync(HttpMethod.Patch, $"/v1.0/subscriptions/{id}", new JsonObject { ["expirationDateTime"] = later });
        Assert.Equal(later.UtcDateTime, (await JsonAsync(renewed))["expirationDateTime"]!.GetValue<DateTimeOffset>().UtcDateTime, TimeSpan.FromSeconds(1));

        await _sandbox.PostAsync(_sandbox.At.Graph!.Address, "/_sandbox/clock", new JsonObject { ["advanceSeconds"] = 7 * 86_400 });
        using var expired = await SendAsync(HttpMethod.Get, $"/v1.0/subscriptions/{id}");
        Assert.Equal(HttpStatusCode.NotFound, expired.StatusCode);
        await ArriveAsync([]);
        Assert.Empty(_subscriber.Notifications);
    }

    [Fact]
    public async Task Subscription_Deleted_IsToldNothingMore()
    {
        string id = await SubscribeAsync();

        using var deleted = await SendAsync(HttpMethod.Delete, $"/v1.0/subscriptions/{id}");
        await ArriveAsync([]);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(_subscriber.Notifications);
    }

    [Fact]
    public async Task Messages_SinceATime_PageNewestFirst()
    {
        await ArriveAsync(new JsonObject { ["subject"] = "old", ["receivedAt"] = "2026-11-01T00:00:00Z" });
        await ArriveAsync(new JsonObject { ["subject"] = "new", ["receivedAt"] = "2026-11-20T00:00:00Z" });
        await ArriveAsync(new JsonObject { ["subject"] = "newest", ["receivedAt"] = "2026-11-21T00:00:00Z" });

        using var answer = await SendAsync(HttpMethod.Get, $"/v1.0/users/{Mailbox}/mailFolders/inbox/messages?$filter=receivedDateTime ge 2026-11-10T00:00:00Z&$top=1&$select=subject");
        var page = await JsonAsync(answer);
        Assert.Equal("newest", page["value"]![0]!["subject"]!.GetValue<string>());
        using var rest = await SendAsync(HttpMethod.Get, page["@odata.nextLink"]!.GetValue<string>());
        var last = await JsonAsync(rest);
        Assert.Equal("new", Assert.Single(last["value"]!.AsArray())!["subject"]!.GetValue<string>());
        Assert.Null(last["@odata.nextLink"]);

        using var unknown = await SendAsync(HttpMethod.Get, $"/v1.0/users/{Mailbox}/messages?$search=refund");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Theory]
    [InlineData(false, "/v1.0/users/support@sandbox.example/messages/x", 401, "InvalidAuthenticationToken")]
    [InlineData(true, "/v1.0/users/support@sandbox.example/messages/x", 404, "ErrorItemNotFound")]
    [InlineData(true, "/v1.0/users/nobody@sandbox.example/messages/x", 404, "ErrorInvalidUser")]
    [InlineData(true, "/v1.0/subscriptions/x", 404, "ResourceNotFound")]
    public async Task Request_ThatCannotBeServed_GetsGraphsError(bool authorized, string path, int status, string code)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, authorized: authorized);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (await JsonAsync(answer))["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsMessagesAndSubscriptions()
    {
        string folder = RunningSandbox.NewFolder();
        await _sandbox.DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { GraphPort = 0, StateFolder = folder });
        await SubscribeAsync();
        var arrived = await ArriveAsync([]);
        await _sandbox.DisposeAsync();

        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { GraphPort = 0, StateFolder = folder });
        using var kept = await SendAsync(HttpMethod.Get, $"/v1.0/users/{Mailbox}/messages/{arrived["id"]}");
        await ArriveAsync([]);

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal(2, _subscriber.Notifications.Count);
        Directory.Delete(folder, recursive: true);
    }

    private JsonObject Subscription() => new()
    {
        ["changeType"] = "created",
        ["notificationUrl"] = _subscriber.Address.AbsoluteUri,
        ["resource"] = $"users/{Mailbox}/messages",
        ["expirationDateTime"] = TimeProvider.System.GetUtcNow().AddDays(1),
        ["clientState"] = "the-secret",
    };

    private async Task<string> SubscribeAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/v1.0/subscriptions", Subscription());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await JsonAsync(answer))["id"]!.GetValue<string>();
    }

    private async Task<JsonObject> ArriveAsync(JsonObject more)
    {
        var mail = new JsonObject
        {
            ["from"] = new JsonObject { ["name"] = "Ana", ["address"] = "ana@customer.example" },
            ["subject"] = "Refund please",
            ["html"] = "<p>Please refund order 7.</p>",
        };
        foreach (var (name, value) in more)
        {
            mail[name] = value?.DeepClone();
        }

        return (await _sandbox.PostAsync(_sandbox.At.Graph!.Address, "/_sandbox/graph/messages", mail))!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body = null, bool authorized = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(_sandbox.At.Graph!.Address, path));
        request.Headers.Authorization = authorized ? new AuthenticationHeaderValue("Bearer", _sandbox.At.Graph.Token) : null;
        request.Content = body is null ? null : JsonContent.Create(body);
        return await _sandbox.Client.SendAsync(request);
    }

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
}
