using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Teams;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Teams;

public sealed class TeamsNoticesTests
{
    private const string Hook = "powerautomate/automations/direct/workflows/abc/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=SECRETSIG";

    [Fact]
    public async Task Post_Notice_IsTheMessageThatWorkflowsTake()
    {
        await using WireServer server = await WireServer.StartAsync(202, "");
        using TeamsNotices teams = Teams();

        await teams.PostAsync(Call(server.Address), Notice(), default);

        Assert.Equal("/" + Hook, server.Only.Path);
        JsonNode message = JsonNode.Parse(server.Only.Body)!;
        Assert.Equal("message", (string?)message["type"]);
        JsonObject attachment = message["attachments"]!.AsArray().Single()!.AsObject();
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)attachment["contentType"]);
        Assert.True(attachment.ContainsKey("contentUrl") && attachment["contentUrl"] is null);
        JsonObject card = attachment["content"]!.AsObject();
        Assert.Equal(("AdaptiveCard", "1.4"), ((string?)card["type"], (string?)card["version"]));
        Assert.Equal(["TextBlock", "TextBlock", "FactSet"], card["body"]!.AsArray().Select(block => (string?)block!["type"]));
        JsonObject action = card["actions"]!.AsArray().Single()!.AsObject();
        Assert.Equal(("Action.OpenUrl", "https://refunds.example.com/approvals/case-a-r1"), ((string?)action["type"], (string?)action["url"]));
    }

    [Fact]
    public void Card_WordsThatMeanSomethingToTeams_AreText()
    {
        JsonNode card = JsonNode.Parse(ApprovalCard.Write(Notice(title: "[click](https://evil.test) {{DATE(2026-01-01)}} **now**\nplease"), new("https://refunds.example.com/")))!;
        Assert.Equal(@"\[click\]\(https://evil.test\) { {DATE\(2026-01-01\)} } \*\*now\*\* please", (string?)card["attachments"]![0]!["content"]!["body"]![0]!["text"]);
    }

    [Fact]
    public void Card_LongestNotice_StaysUnderTheLimit()
    {
        string much = string.Concat(Enumerable.Repeat("漢*🙂", 4000));
        var notice = new ApprovalNotice("case-a", NoticeKind.Reminder, much, much, [.. Enumerable.Repeat(new Fact(much, much, much), 50)], "/approvals/case-a-r1", much);
        byte[] card = ApprovalCard.Write(notice, new("https://refunds.example.com/"));
        Assert.InRange(card.Length, 5000, ApprovalCard.LargestMessage);
        Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(card));
    }

    [Theory]
    [InlineData("//evil.test/x")]
    [InlineData("https://evil.test/")]
    [InlineData("/../../x")]
    [InlineData("approvals")]
    public void Card_LinkElsewhere_IsRefused(string path) =>
        Assert.Throws<PermanentFailureException>(() => ApprovalCard.Write(Notice() with { Path = path }, new("https://refunds.example.com/")));

    [Theory]
    [InlineData(429, "", typeof(TransientFailureException))]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId ...", typeof(TransientFailureException))]
    [InlineData(502, "", typeof(TransientFailureException))]
    [InlineData(400, "", typeof(RefusedException))]
    [InlineData(401, "", typeof(PermanentFailureException))]
    [InlineData(404, "", typeof(PermanentFailureException))]
    [InlineData(302, "", typeof(PermanentFailureException))]
    public async Task Post_Refused_IsTheRightFailureWithoutTheAddress(int status, string body, Type expected)
    {
        await using WireServer server = await WireServer.StartAsync(status, body, ("Retry-After", "7"));
        using TeamsNotices teams = Teams();
        Exception failure = (await Record.ExceptionAsync(() => teams.PostAsync(Call(server.Address), Notice(), default)))!;
        Assert.IsType(expected, failure);
        Assert.DoesNotContain("SECRETSIG", failure.ToString(), StringComparison.Ordinal);
        if (failure is TransientFailureException transient)
        {
            Assert.Equal(TimeSpan.FromSeconds(7), transient.RetryAfter);
        }
    }

    [Fact]
    public async Task Post_NobodyThere_IsTransientWithoutTheAddress()
    {
        using TeamsNotices teams = Teams();
        TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => teams.PostAsync(Call(WireServer.NobodyThere()), Notice(), default));
        Assert.DoesNotContain("SECRETSIG", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hooks.example.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task Post_KeyThatIsNoWebhook_SaysSo(string value)
    {
        using TeamsNotices teams = Teams();
        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => teams.PostAsync(new(new(KeyNames.Teams, "v1", value)), Notice(), default));
        Assert.DoesNotContain(value, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pace_MoreThanFourASecond_TheNearWaitAndTheOthersComeBackToATurnThatIsKept()
    {
        var clock = new ManualClock();
        var pace = new SendingPace(4, clock);
        using var leaving = new CancellationTokenSource();

        Assert.True(pace.WaitAsync("0", "0", default).IsCompletedSuccessfully);
        Task[] near = [.. Enumerable.Range(1, 4).Select(number => pace.WaitAsync($"{number}", $"{number}", leaving.Token))];
        Assert.All(near, task => Assert.False(task.IsCompleted));
        TimeSpan?[] asked = [.. await Task.WhenAll(Enumerable.Range(5, 3).Select(async number => (await Assert.ThrowsAsync<TransientFailureException>(() => pace.WaitAsync($"{number}", $"{number}", default))).RetryAfter))];
        Assert.Equal([TimeSpan.FromSeconds(1.25), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.75)], asked);

        Assert.Equal(asked[2], (await Assert.ThrowsAsync<TransientFailureException>(() => pace.WaitAsync("7", "7", default))).RetryAfter);
        clock.Now += TimeSpan.FromSeconds(1.75);
        Assert.All(Enumerable.Range(5, 3), number => Assert.True(pace.WaitAsync($"{number}", $"{number}", default).IsCompletedSuccessfully));
        Assert.False(pace.WaitAsync("8", "8", leaving.Token).IsCompleted);
        await leaving.CancelAsync();
    }

    [Fact]
    public async Task Pace_ALongLine_HoldsNoMoreThanASecondOfSlots()
    {
        var clock = new ManualClock();
        var pace = new SendingPace(4, clock);
        using var leaving = new CancellationTokenSource();

        Task[] all = [.. Enumerable.Range(0, 2_000).Select(number => pace.WaitAsync($"{number}", $"{number}", leaving.Token))];

        Assert.Equal(4, all.Count(task => !task.IsCompleted));
        Assert.Equal(1_995, all.Count(task => task.IsFaulted));
        await leaving.CancelAsync();
    }

    [Fact]
    public async Task Pace_ManyOfOneLane_LeaveRoomForTheOthers()
    {
        var clock = new ManualClock();
        var pace = new SendingPace(4, clock);
        using var leaving = new CancellationTokenSource();
        Task[] flood = [.. Enumerable.Range(0, 200).Select(number => pace.WaitAsync($"f{number}", "flood", leaving.Token))];

        for (int second = 0; second < 60; second++)
        {
            foreach (string other in new[] { "a", "b", "c" })
            {
                Task turn = pace.WaitAsync($"{other}{second}", $"{other}{second}", leaving.Token);
                Assert.False(turn.IsFaulted);
            }

            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(198, flood.Count(task => task.IsFaulted));
        Assert.True(pace.WaitAsync("f60", "flood", default).IsCompletedSuccessfully);
        await leaving.CancelAsync();
    }

    private static TeamsNotices Teams() => new(new(new("https://refunds.example.com"), perSecond: 1000), TimeProvider.System);

    private static ActCall Call(Uri server) => new(new(KeyNames.Teams, "v2", new Uri(server, Hook).AbsoluteUri));

    private static ApprovalNotice Notice(string title = "Refund USD 42.00 of USD 99.00?") =>
        new("case-a", NoticeKind.ApprovalAsked, title, "Rule 'standard' asks for one of support.", [new("Card", "visa 4242", "Stripe"), new("Until", "2026-11-28", "policy")], "/approvals/case-a-r1", "Review");
}
