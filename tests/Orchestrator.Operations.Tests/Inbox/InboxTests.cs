using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Inbox;

public sealed class InboxTests
{
    [Fact]
    public async Task Message_OfANewThread_OpensACaseOnceAndAReplyJoinsIt()
    {
        await using Surface surface = await Surface.StartAsync();

        using HttpResponseMessage first = await SendAsync(surface, Message());
        using HttpResponseMessage second = await SendAsync(surface, Message());
        using HttpResponseMessage reply = await SendAsync(surface, Message(("messageId", "m-2")));

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.Accepted], [first.StatusCode, second.StatusCode, reply.StatusCode]);
        JsonNode[] answers = [await ReadAsync(first), await ReadAsync(second), await ReadAsync(reply)];
        Assert.Equal(["newCase", "duplicate", "reply"], answers.Select(answer => answer["as"]!.GetValue<string>()));
        string caseId = Assert.Single(answers.Select(answer => answer["caseId"]!.GetValue<string>()).Distinct());
        Assert.Equal("/api/cases/" + caseId, first.Headers.Location!.ToString());
        Assert.Equal(2, (await surface.Files.FindAsync(caseId, default))!.Messages.Count);
        Assert.Equal(("customer-replied", caseId), (surface.Orchestrations.Events.Single().Name, surface.Orchestrations.Events.Single().InstanceId));
        Assert.All(surface.Audit.Entries, entry => Assert.Equal(("inbox", "inbox-signature", "v1"), (entry.Actor, entry.KeyName, entry.KeyVersion)));
    }

    [Fact]
    public async Task Message_AsHtml_IsReadAsText()
    {
        await using Surface surface = await Surface.StartAsync();

        JsonNode answer = await ReadAsync(await SendAsync(surface, Message(("text", null), ("html", "<p>Hello"))));

        Assert.Equal("Hello", (await surface.Files.FindAsync(answer["caseId"]!.GetValue<string>(), default))!.First.Text);
    }

    [Theory]
    [InlineData("messageId", null, "messageId")]
    [InlineData("messageId", "", "messageId")]
    [InlineData("messageId", "a\r\nBcc: b", "messageId")]
    [InlineData("threadId", "a\nb", "threadId")]
    [InlineData("from", null, "from.address")]
    [InlineData("from", """{"address":"no address"}""", "from.address")]
    [InlineData("from", """{"address":"a@b.example,c@d.example"}""", "from.address")]
    [InlineData("from", """{"address":"a@b.example\r\nBcc: c@d.example"}""", "from.address")]
    [InlineData("from", """{"address":"Ana <a@b.example>"}""", "from.address")]
    [InlineData("from", """{"address":"a@b@c.example"}""", "from.address")]
    [InlineData("from", """{"name":"A\u0000na","address":"a@b.example"}""", "from.name")]
    [InlineData("replyTo", "\"x\" <y@z.example>", "replyTo")]
    [InlineData("subject", "Hi\r\nX-Header: 1", "subject")]
    [InlineData("text", null, "text")]
    [InlineData("text", "a\u0000b", "text")]
    [InlineData("html", "<p>both", "text")]
    [InlineData("receivedAt", "yesterday", "receivedAt")]
    [InlineData("receivedAt", "2031-01-01T00:00:00Z", "receivedAt")]
    public async Task Message_WithAWrongField_IsRefusedByItsName(string field, string? value, string named)
    {
        await using Surface surface = await Surface.StartAsync();

        using HttpResponseMessage answer = await SendAsync(surface, Message((field, value)));
        JsonNode problem = await ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:orchestrator:problem:invalid-field", problem["type"]!.GetValue<string>());
        Assert.Equal(named, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Empty(await surface.Files.ListOpenAsync(default));
    }

    [Theory]
    [InlineData("name@bücher.example")]
    [InlineData("раураl@shop.example")]
    [InlineData("a+b.c@d.example")]
    public async Task Message_FromAnUnusualAddress_IsTaken(string address)
    {
        await using Surface surface = await Surface.StartAsync();

        using HttpResponseMessage answer = await SendAsync(surface, Message(("from", $$"""{"address":"{{address}}"}""")));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    [InlineData("""{"from":"ana@x.example"}""", "from")]
    [InlineData("null", "body")]
    [InlineData("""{"messageId":"m-1","text":"refund 1","text":"refund 2","from":{"address":"ana@x.example"}}""", "text")]
    [InlineData("""{"messageId":"m-1","text":"refund","from":{"address":"ana@x.example","address":"eve@x.example"}}""", "from.address")]
    public async Task Message_ThatIsNoSuchJson_IsRefused(string body, string named)
    {
        await using Surface surface = await Surface.StartAsync();

        using HttpResponseMessage answer = await SendAsync(surface, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(named, Assert.Single((await ReadAsync(answer))["errors"]!.AsObject()).Key);
    }

    [Theory]
    [InlineData("inbox-secret-1", 0, HttpStatusCode.Accepted)]
    [InlineData("inbox-secret-1", -300, HttpStatusCode.Accepted)]
    [InlineData("inbox-secret-1", -301, HttpStatusCode.Unauthorized)]
    [InlineData("inbox-secret-1", 301, HttpStatusCode.Unauthorized)]
    [InlineData("another", 0, HttpStatusCode.Unauthorized)]
    public async Task Signature_OfAnotherKeyOrTime_IsRefused(string secret, int offset, HttpStatusCode status)
    {
        await using Surface surface = await Surface.StartAsync();

        using HttpResponseMessage answer = await SendAsync(surface, Message(), secret, offset);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1,v1=")]
    [InlineData("v1=aa")]
    [InlineData("nonsense")]
    public async Task Signature_ThatIsNone_IsRefused(string? header)
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient client = surface.Program(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/inbox/messages") { Content = new StringContent(Message()) };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Orchestrator-Signature", header);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Body_OverTheLimit_IsRefusedThoughItsLengthIsNotStated()
    {
        await using Surface surface = await Surface.StartAsync();
        string atLimit = Message(("text", new string('x', 200_000)));
        string over = Message(("text", new string('x', 300_000)));

        using HttpResponseMessage fits = await SendAsync(surface, atLimit);
        using HttpResponseMessage stated = await SendAsync(surface, over);
        using HttpResponseMessage chunked = await SendAsync(surface, over, chunked: true);

        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, stated.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task Key_ThatIsMissing_IsUnavailableInWords()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Keys.Values.Remove(KeyNames.Inbox);

        using HttpResponseMessage answer = await SendAsync(surface, Message());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("inbox-signature", (await ReadAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_OfTheInbox_HoldNothingPersonal()
    {
        await using Surface surface = await Surface.StartAsync();

        await SendAsync(surface, Message());

        Assert.DoesNotContain(surface.Log.Lines, line => line.Contains("petra", StringComparison.OrdinalIgnoreCase) || line.Contains("1042", StringComparison.Ordinal));
    }

    internal static string Message(params (string Field, string? Value)[] changes)
    {
        var message = new JsonObject
        {
            ["messageId"] = "m-1",
            ["threadId"] = "t-1",
            ["from"] = new JsonObject { ["name"] = "Petra", ["address"] = "petra@customer.example" },
            ["subject"] = "Order 1042",
            ["text"] = "Please refund order 1042.",
            ["receivedAt"] = "2026-11-20T13:59:00Z",
        };
        foreach ((string field, string? value) in changes)
        {
            message[field] = value is null ? null : field == "from" ? JsonNode.Parse(value) : JsonValue.Create(value);
        }

        return message.ToJsonString(new JsonSerializerOptions());
    }

    private static async Task<HttpResponseMessage> SendAsync(Surface surface, string body, string secret = "inbox-secret-1", int offset = 0, bool chunked = false)
    {
        using HttpClient client = surface.Program(null);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string stamp = (surface.Clock.GetUtcNow().ToUnixTimeSeconds() + offset).ToString(CultureInfo.InvariantCulture);
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(stamp + ".").Concat(bytes).ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/inbox/messages") { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Headers.Add("X-Orchestrator-Signature", $"t={stamp},v1={signature}");
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
