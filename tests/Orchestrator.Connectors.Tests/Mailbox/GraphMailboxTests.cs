using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Mailbox;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Mailbox;

public sealed class GraphMailboxTests
{
    private const string User = "8c9a4b6e-1111-4222-8333-444455556666";

    [Fact]
    public async Task Fetch_Message_IsReadFromTheConfiguredMailbox()
    {
        await using WireServer server = await WireServer.StartAsync(200, Message("html", "<p>Hi</p>"));
        using GraphMailbox mailbox = Mailbox(server.Address);

        SupportMail mail = (await mailbox.FetchAsync($"Users/{User}/Messages/AAMkAD-_=", default))!;

        Assert.Equal(new("<m1@mail.example>", "conv-1", new("Ana", "ana@example.com"), "ana.private@example.com", "Refund", "TEXT(<p>Hi</p>)", new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)), mail);
        WireRequest asked = server.Only;
        Assert.StartsWith("/v1.0/users/support%40shop.example/messages/AAMkAD-_=?$select=", asked.Path.Replace("support@", "support%40", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Bearer graph-token", asked.Headers["Authorization"]);
        Assert.Contains("outlook.body-content-type=\"text\"", asked.Headers["Prefer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_TextBody_IsTakenAsItIs()
    {
        await using WireServer server = await WireServer.StartAsync(200, Message("text", "a < b"));
        using GraphMailbox mailbox = Mailbox(server.Address);
        Assert.Equal("a < b", (await mailbox.FetchAsync("users/support@shop.example/mailFolders('inbox')/messages/AAMk", default))!.Text);
    }

    [Theory]
    [InlineData("Users/eve@shop.example/Messages/AAMk")]
    [InlineData("Users/support@shop.example/Messages/../../eve@shop.example/Messages/AAMk")]
    [InlineData("Users/support@shop.example/Messages/AAMk?$expand=attachments")]
    [InlineData("Users/support@shop.example/Events/AAMk")]
    [InlineData("https://evil.test/Users/support@shop.example/Messages/AAMk")]
    [InlineData("")]
    public async Task Fetch_ResourceOutsideTheMailbox_IsRefusedUnasked(string resource)
    {
        await using WireServer server = await WireServer.StartAsync(200, Message("text", "x"));
        using GraphMailbox mailbox = Mailbox(server.Address);
        await Assert.ThrowsAsync<PermanentFailureException>(() => mailbox.FetchAsync(resource, default));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_ObjectIdOfAnotherMailbox_IsRefusedOnceOursIsKnown()
    {
        await using WireServer server = await WireServer.StartAsync(200, Message("text", "x"));
        using var mailbox = new GraphMailbox(new("support@shop.example", Guid.Empty.ToString(), server.Address), new FixedToken("graph-token"), html => html, TimeProvider.System);
        await Assert.ThrowsAsync<PermanentFailureException>(() => mailbox.FetchAsync($"Users/{User}/Messages/AAMk", default));
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(403, typeof(PermanentFailureException))]
    [InlineData(429, typeof(TransientFailureException))]
    [InlineData(503, typeof(TransientFailureException))]
    public async Task Fetch_NotHandedOut_IsGoneOrTheRightFailure(int status, Type? expected)
    {
        await using WireServer server = await WireServer.StartAsync(status, """{"error":{"code":"x","message":"y"}}""");
        using GraphMailbox mailbox = Mailbox(server.Address);
        SupportMail? mail = null;
        Exception? failure = await Record.ExceptionAsync(async () => mail = await mailbox.FetchAsync($"Users/{User}/Messages/AAMk", default));
        Assert.Equal(expected, failure?.GetType());
        Assert.Null(mail);
    }

    [Fact]
    public async Task Subscribe_AgainAndAfterARestart_LeavesOneSubscription()
    {
        List<string> ids = [];
        await using WireServer server = await WireServer.StartAsync((context, request) =>
        {
            string expiry = (string?)JsonNode.Parse(request.Body.Length > 0 ? request.Body : "{}")!["expirationDateTime"] ?? "";
            switch (request.Method)
            {
                case "POST":
                    ids.Add(Guid.NewGuid().ToString());
                    return WireServer.AnswerAsync(context, 201, $$"""{"id":"{{ids[^1]}}","expirationDateTime":"{{expiry}}"}""");
                case "PATCH":
                    return WireServer.AnswerAsync(context, 200, $$"""{"id":"x","expirationDateTime":"{{expiry}}"}""");
                case "DELETE":
                    ids.Remove(request.Path.Split('/')[^1]);
                    return WireServer.AnswerAsync(context, 200, "");
                default:
                    return WireServer.AnswerAsync(context, 200, new JsonObject { ["value"] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id, ["notificationUrl"] = "https://refunds.example.com/inbox/graph" })]) }.ToJsonString());
            }
        });
        var clock = new ManualClock();
        var url = new Uri("https://refunds.example.com/inbox/graph");

        using GraphMailbox first = Mailbox(server.Address, clock);
        DateTimeOffset until = await first.SubscribeAsync(url, "state-1", default);
        clock.Now += TimeSpan.FromDays(1);
        DateTimeOffset renewed = await first.SubscribeAsync(url, "state-1", default);
        using GraphMailbox restarted = Mailbox(server.Address, clock);
        await restarted.SubscribeAsync(url, "state-2", default);

        Assert.Equal((clock.Now.AddDays(1), clock.Now.AddDays(2)), (until, renewed));
        Assert.Single(ids);
        Assert.Equal("state-2", (string?)JsonNode.Parse(server.Requests.Last(request => request.Method == "POST").Body)!["clientState"]);
    }

    private static GraphMailbox Mailbox(Uri address, TimeProvider? clock = null) =>
        new(new("support@shop.example", baseAddress: address), new FixedToken("graph-token"), html => $"TEXT({html})", clock ?? TimeProvider.System);

    private static string Message(string contentType, string content) => new JsonObject
    {
        ["id"] = "AAMk",
        ["internetMessageId"] = "<m1@mail.example>",
        ["conversationId"] = "conv-1",
        ["isDraft"] = false,
        ["from"] = new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = "Ana", ["address"] = "ana@example.com" } },
        ["replyTo"] = new JsonArray(new JsonObject { ["emailAddress"] = new JsonObject { ["address"] = "ana.private@example.com" } }),
        ["subject"] = "Refund",
        ["body"] = new JsonObject { ["contentType"] = contentType, ["content"] = content },
        ["receivedDateTime"] = "2026-11-20T08:00:00Z",
    }.ToJsonString();
}
