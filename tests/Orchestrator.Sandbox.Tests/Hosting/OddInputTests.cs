using System.Text;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Mail;

namespace Orchestrator.Sandbox.Tests.Hosting;

/// <summary>Whatever is posted, a stand-in answers as its service would and never with its own failure (510).</summary>
public sealed class OddInputTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private RunningSandbox _sandbox = null!;

    public static TheoryData<string> Bodies => new(
        "",
        "null",
        "7",
        "\"text\"",
        "[]",
        "[1,null,{}]",
        "{}",
        "{\"a\":1,\"a\":2}",
        new string('[', 200) + new string(']', 200),
        "{\"\\ud800\":1}",
        "{\"senderAddress\":\"\\ud800\"}",
        """{"type":7,"attachments":[1,null,{"contentType":5},{"contentType":"application/vnd.microsoft.card.adaptive","content":7}]}""",
        """{"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":4,"body":7,"actions":[7,{"type":7}]}}]}""",
        """{"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.4","body":[7,{"type":"FactSet","facts":[7]},{"type":"ColumnSet","columns":{}}],"actions":[{"type":"Action.ShowCard","card":[]}]}}]}""",
        """{"model":"sandbox-reader","messages":[1,{"content":{}},{"content":[1,{"text":5}]}],"response_format":{"json_schema":{"schema":{"type":[5],"properties":[]}}}}""",
        """{"model":"sandbox-reader","messages":[{}],"response_format":{"json_schema":{"schema":{"type":"object","properties":{"a":7,"b":{"enum":[1]},"c":{"type":"string","enum":[1]}}}}}}""",
        """{"from":5}""",
        """{"from":"a@b.example","receivedAt":"9999-99-99","headers":[1],"notify":[],"replyTo":7,"sender":[]}""",
        """{"rules":[{"kind":5,"skip":"x"}]}""",
        """{"advanceSeconds":1e308}""",
        """{"perSecond":1e999}""",
        """{"replies":[null,{}]}""",
        """{"match":"x","reply":null}""",
        """{"address":{}}""",
        """{"senderAddress":"a@b.example","content":{"subject":"s","plainText":"t"},"recipients":{"to":[7,{"address":"a@b.example","displayName":7}],"cc":7},"attachments":[7],"headers":{},"replyTo":{}}""",
        """{"changeType":"created","resource":"r","notificationUrl":"http://127.0.0.1:1/x","expirationDateTime":"x"}""");

    public async Task InitializeAsync() =>
        _sandbox = await RunningSandbox.StartAsync(SandboxOptions.Everything(null) with { VaultPort = null, StripePort = null, TeamsCardsPerSecond = 0 }, new ManualClock(s_now));

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_OfAnything_IsAnsweredAsTheServiceWould(string body)
    {
        var at = _sandbox.At;
        Uri[] routes =
        [
            at.Teams!.Webhook,
            new(at.Teams.Address, "/_sandbox/teams/throttle"),
            new(at.Models!.Address, "/v1/chat/completions"),
            new(at.Models.Address, "/_sandbox/models/replies"),
            new(at.Models.Address, "/_sandbox/models/keys"),
            new(at.Graph!.Address, "/v1.0/subscriptions"),
            new(at.Graph.Address, "/_sandbox/graph/messages"),
            new(at.Mail!.Address, "/_sandbox/mail/suppressed"),
            new(at.Mail.Address, "/_sandbox/faults"),
            new(at.Mail.Address, "/_sandbox/clock"),
        ];
        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", route.Port == at.Models.Address.Port ? at.Models.Key : at.Graph.Token);
            await AssertAnsweredAsync(request);
        }

        using var mail = SignedMail.Send(at.Mail, s_now, body);
        await AssertAnsweredAsync(mail);
        await AssertAnsweredAsync(new HttpRequestMessage(HttpMethod.Get, at.Teams.Address));
        await AssertAnsweredAsync(new HttpRequestMessage(HttpMethod.Get, at.Mail.Address));
    }

    private async Task AssertAnsweredAsync(HttpRequestMessage request)
    {
        using var answer = await _sandbox.Client.SendAsync(request);
        Assert.True((int)answer.StatusCode < 500, $"{request.Method} {request.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
