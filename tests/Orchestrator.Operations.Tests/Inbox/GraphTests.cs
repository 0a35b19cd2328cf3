using System.Net;
using System.Text;
using Orchestrator.Agents.Governance;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Inbox;

public sealed class GraphTests
{
    [Fact]
    public async Task Validation_IsEchoedAsEscapedText()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient graph = surface.Program(null);

        using HttpResponseMessage answer = await graph.PostAsync("/inbox/graph?validationToken=Validation%3A%20abc%3Cscript%3E", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Validation: abc&lt;script&gt;", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Notification_OfOurs_TakesItsMessageInOnce()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Mailbox.Messages["users/support/messages/AAA"] = Given.Mail("graph-1");

        HttpStatusCode first = await SendAsync(surface, Notification("graph-state"));
        HttpStatusCode second = await SendAsync(surface, Notification("graph-state"));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first, second));
        Assert.Single(await surface.Files.ListOpenAsync(default));
    }

    [Theory]
    [InlineData("other-state", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task Notification_OfAnother_IsRefused(string state, HttpStatusCode status)
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Mailbox.Messages["users/support/messages/AAA"] = Given.Mail("graph-1");

        Assert.Equal(status, await SendAsync(surface, Notification(state)));
        Assert.Empty(await surface.Files.ListOpenAsync(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"value":[]}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("""{"value":7}""")]
    public async Task Notification_ThatIsNone_IsRefused(string body)
    {
        await using Surface surface = await Surface.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(surface, body));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Accepted)]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    public async Task Notification_ThatCantBeFetched_TakesNoOtherAlong(bool later, HttpStatusCode status)
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Mailbox.Failures["users/support/messages/BAD"] = later ? new TransientFailureException("Graph is busy.") : new PermanentFailureException("That is no message.");
        surface.Mailbox.Messages["users/support/messages/AAA"] = Given.Mail("graph-1");
        string bad = Notification("graph-state").Replace("AAA", "BAD", StringComparison.Ordinal);

        Assert.Equal(status, await SendAsync(surface, $$"""{"value":[{{Inner(bad)}},{{Inner(Notification("graph-state"))}}]}"""));
        Assert.Single(await surface.Files.ListOpenAsync(default));

        static string Inner(string body) => body["""{"value":[""".Length..^2];
    }

    private static string Notification(string state) => $$"""{"value":[{"clientState":"{{state}}","changeType":"created","resource":"users/support/messages/AAA"}]}""";

    private static async Task<HttpStatusCode> SendAsync(Surface surface, string body)
    {
        using HttpClient graph = surface.Program(null);
        using HttpResponseMessage answer = await graph.PostAsync("/inbox/graph", new StringContent(body, Encoding.UTF8, "application/json"));
        return answer.StatusCode;
    }
}
