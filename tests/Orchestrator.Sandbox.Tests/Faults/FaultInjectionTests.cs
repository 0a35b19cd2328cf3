using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Faults;

/// <summary>Through the Teams webhook: its one route has an effect that can be counted.</summary>
public sealed class FaultInjectionTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { TeamsPort = 0, TeamsCardsPerSecond = 0 });

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task CutBefore_CallerSeesNoAnswer_AndNothingHappened()
    {
        await AddAsync(new JsonObject { ["kind"] = "cutBefore" });

        await Assert.ThrowsAsync<HttpRequestException>(PostCardAsync);

        Assert.Equal(0, await CardsAsync());
        Assert.Equal(HttpStatusCode.Accepted, (await PostCardAsync()).StatusCode);
    }

    [Fact]
    public async Task CutAfter_CallerSeesNoAnswer_ThoughItHappened()
    {
        await AddAsync(new JsonObject { ["kind"] = "cutAfter", ["method"] = "post", ["path"] = "/powerautomate" });

        await Assert.ThrowsAsync<HttpRequestException>(PostCardAsync);

        Assert.Equal(1, await CardsAsync());
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Status_AnswersWithBodyAndHeaders_BeforeOrAfterTheEffect(bool afterEffect, int cards)
    {
        await AddAsync(new JsonObject
        {
            ["kind"] = "status",
            ["status"] = 503,
            ["body"] = new JsonObject { ["error"] = "busy" },
            ["headers"] = new JsonObject { ["Retry-After"] = "7" },
            ["afterEffect"] = afterEffect,
        });

        using var answer = await PostCardAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("7", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal("""{"error":"busy"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(cards, await CardsAsync());
    }

    [Fact]
    public async Task SkipAndTimes_BefallTheMiddleRequestsOnly_AndAreCounted()
    {
        await AddAsync(new JsonObject { ["kind"] = "status", ["status"] = 429, ["skip"] = 1, ["times"] = 2 });

        List<HttpStatusCode> seen = [];
        for (int i = 0; i < 5; i++)
        {
            seen.Add((await PostCardAsync()).StatusCode);
        }

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted, HttpStatusCode.Accepted], seen);
        var rule = (await _sandbox.GetAsync(_sandbox.At.Teams!.Address, "/_sandbox/faults"))["rules"]![0]!;
        Assert.Equal(5, rule["seen"]!.GetValue<int>());
        Assert.Equal(2, rule["hits"]!.GetValue<int>());
    }

    [Fact]
    public async Task Latency_DelaysAndThenLetsThrough()
    {
        await AddAsync(new JsonObject { ["kind"] = "latency", ["milliseconds"] = 150, ["pathRegex"] = "invoke$" });
        long start = Stopwatch.GetTimestamp();

        using var answer = await PostCardAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(140));
    }

    [Fact]
    public async Task WrongAnswer_KeepsTheStatusAndChangesTheBody()
    {
        var page = new Uri(_sandbox.At.Teams!.Address, "/");
        string right = await _sandbox.Client.GetStringAsync(page);
        await AddAsync(
            new JsonObject { ["kind"] = "wrongAnswer", ["truncateTo"] = 9 },
            new JsonObject { ["kind"] = "wrongAnswer", ["html"] = true },
            new JsonObject { ["kind"] = "wrongAnswer", ["body"] = "{}", ["contentType"] = "application/json" });

        Assert.Equal(right[..9], await _sandbox.Client.GetStringAsync(page));
        Assert.Contains("502 Bad gateway", await _sandbox.Client.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal("{}", await _sandbox.Client.GetStringAsync(page));
        Assert.Equal(right, await _sandbox.Client.GetStringAsync(page));
    }

    [Fact]
    public async Task Times0_LastsUntilCleared_AndNeverReachesControlRoutes()
    {
        await AddAsync(new JsonObject { ["kind"] = "cutBefore", ["times"] = 0 });
        await Assert.ThrowsAsync<HttpRequestException>(PostCardAsync);
        await Assert.ThrowsAsync<HttpRequestException>(PostCardAsync);
        Assert.Equal(0, await CardsAsync());

        using var cleared = await _sandbox.Client.DeleteAsync(new Uri(_sandbox.At.Teams!.Address, "/_sandbox/faults"));

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostCardAsync()).StatusCode);
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""", "kind is one of")]
    [InlineData("""{"kind":"latency"}""", "milliseconds")]
    [InlineData("""{"kind":"cutAfter","metod":"POST"}""", "'metod'")]
    [InlineData("""{"kind":"cutAfter","pathRegex":"("}""", "pathRegex")]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "JSON object")]
    public async Task Rule_ThatCannotWork_IsRefusedWithAReason(string body, string reason)
    {
        using var content = new StringContent(body);
        using var answer = await _sandbox.Client.PostAsync(new Uri(_sandbox.At.Teams!.Address, "/_sandbox/faults"), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_Advanced_MovesWhatTheStandInsRecord()
    {
        await _sandbox.PostAsync(_sandbox.At.Teams!.Address, "/_sandbox/clock", new JsonObject { ["advanceSeconds"] = 86_400 });
        await PostCardAsync();

        var card = (await _sandbox.GetAsync(_sandbox.At.Teams.Address, "/_sandbox/teams/cards"))["cards"]![0]!;
        Assert.True(card["receivedAt"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow().AddHours(23));
    }

    [Fact]
    public async Task Clock_Advanced_StaysAheadAfterARestart()
    {
        string folder = RunningSandbox.NewFolder();
        await _sandbox.DisposeAsync();
        var options = new SandboxOptions { TeamsPort = 0, StateFolder = folder };
        _sandbox = await RunningSandbox.StartAsync(options);
        await _sandbox.PostAsync(_sandbox.At.Teams!.Address, "/_sandbox/clock", new JsonObject { ["advanceSeconds"] = 86_400 });
        await _sandbox.DisposeAsync();

        _sandbox = await RunningSandbox.StartAsync(options);

        var now = (await _sandbox.GetAsync(_sandbox.At.Teams!.Address, "/_sandbox/clock"))["now"]!.GetValue<DateTimeOffset>();
        Assert.True(now > TimeProvider.System.GetUtcNow().AddHours(23));
        Directory.Delete(folder, recursive: true);
    }

    private async Task AddAsync(params JsonObject[] rules) =>
        await _sandbox.PostAsync(_sandbox.At.Teams!.Address, "/_sandbox/faults", new JsonObject { ["rules"] = new JsonArray([.. rules]) });

    private async Task<HttpResponseMessage> PostCardAsync()
    {
        using var content = new StringContent(Teams.TeamsStandInTests.Card().ToJsonString());
        return await _sandbox.Client.PostAsync(_sandbox.At.Teams!.Webhook, content);
    }

    private async Task<int> CardsAsync() => (await _sandbox.GetAsync(_sandbox.At.Teams!.Address, "/_sandbox/teams/cards"))["cards"]!.AsArray().Count;
}
