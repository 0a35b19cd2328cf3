using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Teams;

public sealed class TeamsStandInTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { TeamsPort = 0 }, _clock);

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Card_AsWorkflowsWantIt_IsAcceptedAndShown()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Card()));

        var card = await LastAsync();
        Assert.Equal("shown", card["outcome"]!.GetValue<string>());
        Assert.Empty(card["problems"]!.AsArray());
    }

    [Theory]
    [InlineData("sig=", HttpStatusCode.Unauthorized)]
    [InlineData("sig=wrong", HttpStatusCode.Forbidden)]
    public async Task Signature_MissingOrWrong_IsRefused(string signature, HttpStatusCode expected)
    {
        string webhook = _sandbox.At.Teams!.Webhook.AbsoluteUri;
        var altered = new Uri(webhook[..webhook.IndexOf("sig=", StringComparison.Ordinal)] + signature);
        using var content = new StringContent(Card().ToJsonString());

        using var answer = await _sandbox.Client.PostAsync(altered, content);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await CardsAsync());
    }

    [Theory]
    [InlineData("""{"type":"message"}""", "flowFailed", "Null")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[]}""", "flowFailed", "Null")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/json","content":{"type":"AdaptiveCard","version":"1.4"}}]}""", "flowFailed", "contentType")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"Card","version":"1.4"}}]}""", "flowFailed", "AdaptiveCard")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.6"}}]}""", "notDisplayed", "1.6")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.4","actions":[{"type":"Action.Submit"}]}}]}""", "shown", "Action.Submit")]
    public async Task Card_WithAFault_IsAcceptedAllTheSameAndRecordedAsWhatItBecame(string message, string outcome, string problem)
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(JsonNode.Parse(message)!.AsObject()));

        var card = await LastAsync();
        Assert.Equal(outcome, card["outcome"]!.GetValue<string>());
        Assert.Contains(problem, card["problems"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_WithActionsInItsBody_Is400()
    {
        var message = Card();
        message["attachments"]![0]!["content"]!["body"]!.AsArray().Add(new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = "https://example.org" });

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(message));
    }

    [Fact]
    public async Task Card_TooLargeWhenExpanded_FailsInTheFlow()
    {
        var facts = new JsonArray();
        for (int i = 0; i < 600; i++)
        {
            facts.Add(new JsonObject { ["title"] = "Title", ["value"] = "Value, value" });
        }

        var message = Card();
        message["attachments"]![0]!["content"]!["body"]!.AsArray().Add(new JsonObject { ["type"] = "FactSet", ["facts"] = facts });
        Assert.InRange(message.ToJsonString().Length, 20_000, 28_000);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(message));

        var card = await LastAsync();
        Assert.Equal("flowFailed", card["outcome"]!.GetValue<string>());
        Assert.True(card["expandedBytes"]!.GetValue<int>() > 28_672);
    }

    [Fact]
    public async Task Rate_AboveFourASecond_Is429UntilTheSecondIsOver()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Card()));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(Card()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Card()));

        await _sandbox.PostAsync(_sandbox.At.Teams!.Address, "/_sandbox/teams/throttle", new JsonObject { ["perSecond"] = 0 });
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Card()));
        }
    }

    [Fact]
    public async Task Page_ShowsTheCard_WithItsTextEscapedAndOnlyWebLinks()
    {
        var message = Card();
        message["attachments"]![0]!["content"]!["body"]!.AsArray().Add(new JsonObject { ["type"] = "TextBlock", ["text"] = "<script>alert(1)</script>" });
        message["attachments"]![0]!["content"]!["actions"]!.AsArray().Add(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Bad", ["url"] = "javascript:alert(1)" });
        await PostAsync(message);

        string page = await _sandbox.Client.GetStringAsync(_sandbox.At.Teams!.Address);

        Assert.Contains("Refund approval", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Amount</dt><dd>USD 42.00</dd>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org/approvals/1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsTheCardsAndWhatBecameOfThem()
    {
        string folder = RunningSandbox.NewFolder();
        await DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { TeamsPort = 0, StateFolder = folder }, _clock);
        await PostAsync(Card());
        await PostAsync(new JsonObject { ["type"] = "message" });
        string before = (await CardsAsync()).ToJsonString();
        await DisposeAsync();

        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { TeamsPort = 0, StateFolder = folder }, _clock);

        Assert.Equal(before, (await CardsAsync()).ToJsonString());
        Directory.Delete(folder, recursive: true);
    }

    internal static JsonObject Card() => JsonNode.Parse("""
        {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,
         "content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4",
          "body":[{"type":"TextBlock","text":"Refund approval","wrap":true},{"type":"FactSet","facts":[{"title":"Amount","value":"USD 42.00"}]}],
          "actions":[{"type":"Action.OpenUrl","title":"Review","url":"https://example.org/approvals/1"}]}}]}
        """)!.AsObject();

    private async Task<HttpStatusCode> PostAsync(JsonObject message)
    {
        using var content = new StringContent(message.ToJsonString());
        using var answer = await _sandbox.Client.PostAsync(_sandbox.At.Teams!.Webhook, content);
        return answer.StatusCode;
    }

    private async Task<JsonArray> CardsAsync() => (await _sandbox.GetAsync(_sandbox.At.Teams!.Address, "/_sandbox/teams/cards"))["cards"]!.AsArray();

    private async Task<JsonObject> LastAsync() => (await CardsAsync())[0]!.AsObject();
}
