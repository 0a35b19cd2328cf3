using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Mail;

public sealed class MailStandInTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private readonly ManualClock _clock = new(s_now);
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0 }, _clock);

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Send_Signed_IsAcceptedAndSucceeds()
    {
        string operation = Guid.NewGuid().ToString();

        using var answer = await SendAsync(SignedMail.Message(), operation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(operation, (await JsonAsync(answer))["id"]!.GetValue<string>());
        using var status = await _sandbox.Client.SendAsync(SignedMail.Status(_sandbox.At.Mail!, s_now, new Uri(answer.Headers.GetValues("Operation-Location").Single())));
        Assert.Equal("Succeeded", (await JsonAsync(status))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_SameOperationAgain_IsOneMail()
    {
        string operation = Guid.NewGuid().ToString();

        using var first = await SendAsync(SignedMail.Message(), operation);
        using var second = await SendAsync(SignedMail.Message(), operation);

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        var mail = Assert.Single(await OutboxAsync())!;
        Assert.Equal(1, mail["repeats"]!.GetValue<int>());
    }

    [Fact]
    public async Task Send_SameOperationManyTimesAtOnce_IsOneMail()
    {
        string operation = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync(SignedMail.Message(), operation)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(15, Assert.Single(await OutboxAsync())!["repeats"]!.GetValue<int>());
    }

    [Fact]
    public async Task Send_CutAfterTheEffectAndTriedAgain_IsOneMail()
    {
        string operation = Guid.NewGuid().ToString();
        await _sandbox.PostAsync(_sandbox.At.Mail!.Address, "/_sandbox/faults", new JsonObject { ["kind"] = "cutAfter", ["path"] = "/emails:send" });

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(SignedMail.Message(), operation));
        using var again = await SendAsync(SignedMail.Message(), operation);

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Single(await OutboxAsync());
    }

    [Fact]
    public async Task Send_WithoutAnOperation_IsANewMailEachTime()
    {
        using var first = await SendAsync(SignedMail.Message());
        using var second = await SendAsync(SignedMail.Message());

        Assert.Equal(2, (await OutboxAsync()).Count);
    }

    [Theory]
    [InlineData("x-ms-date", "Fri, 20 Nov 2026 09:00:01 GMT")]
    [InlineData("x-ms-content-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=AAAA")]
    [InlineData("Authorization", "HMAC-SHA256 SignedHeaders=host&Signature=AAAA")]
    [InlineData("Authorization", "Bearer token")]
    public async Task Send_WithAnythingSignedChanged_IsDenied(string header, string value)
    {
        using var request = SignedMail.Send(_sandbox.At.Mail!, s_now, SignedMail.Message().ToJsonString());
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await _sandbox.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Denied", answer.Headers.GetValues("x-ms-error-code").Single());
        Assert.Empty(await OutboxAsync());
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task Send_WithADateTooFarOff_IsDenied(int minutes)
    {
        using var request = SignedMail.Send(_sandbox.At.Mail!, s_now.AddMinutes(minutes), SignedMail.Message().ToJsonString());

        using var answer = await _sandbox.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Send_AfterTheSandboxClockMoved_IsStillLetIn()
    {
        await _sandbox.PostAsync(_sandbox.At.Mail!.Address, "/_sandbox/clock", new JsonObject { ["advanceSeconds"] = 90_000 });

        using var answer = await SendAsync(SignedMail.Message());

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("recipients", """{"to":[]}""", "InvalidRequest")]
    [InlineData("recipients", """{"to":[{"address":"not an address"}]}""", "InvalidEmailAddress")]
    [InlineData("recipients", """{"to":[{"address":"a@b.example\r\nBcc: c@d.example"}]}""", "InvalidEmailAddress")]
    [InlineData("recipients", """{"to":[{"address":"Ana <a@b.example>"}]}""", "InvalidEmailAddress")]
    [InlineData("content", """{"plainText":"no subject"}""", "InvalidRequest")]
    [InlineData("content", """{"subject":"two\nlines","plainText":"x"}""", "InvalidRequest")]
    [InlineData("content", """{"subject":"no text"}""", "InvalidRequest")]
    [InlineData("senderAddress", "\"\"", "InvalidRequest")]
    [InlineData("headers", """{"X-Case":"1\r\nBcc: c@d.example"}""", "InvalidRequest")]
    [InlineData("attachments", """[{"name":"a.txt","contentType":"text/plain","contentInBase64":"***"}]""", "InvalidRequest")]
    public async Task Send_ThatIsWrong_IsRefusedInTheServicesShape(string member, string value, string code)
    {
        var message = SignedMail.Message();
        message[member] = JsonNode.Parse(value);

        using var answer = await SendAsync(message);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await JsonAsync(answer))["error"]!["code"]!.GetValue<string>());
        Assert.Empty(await OutboxAsync());
    }

    [Fact]
    public async Task Send_MoreThanFiftyRecipients_IsRefused()
    {
        var message = SignedMail.Message();
        message["recipients"]!["bcc"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)new JsonObject { ["address"] = $"c{i}@customer.example" })]);

        using var answer = await SendAsync(message);

        Assert.Equal("TooManyRecipients", (await JsonAsync(answer))["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_LargerThanTenMegabytes_IsRefused()
    {
        var message = SignedMail.Message();
        message["content"]!["plainText"] = new string('x', 10 * 1024 * 1024);

        using var answer = await SendAsync(message);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Send_ToASuppressedAddress_EndsAsFailed()
    {
        await _sandbox.PostAsync(_sandbox.At.Mail!.Address, "/_sandbox/mail/suppressed", new JsonObject { ["address"] = "gone@customer.example" });

        using var answer = await SendAsync(SignedMail.Message("gone@customer.example"));
        using var status = await _sandbox.Client.SendAsync(SignedMail.Status(_sandbox.At.Mail, s_now, new Uri(answer.Headers.GetValues("Operation-Location").Single())));

        var result = await JsonAsync(status);
        Assert.Equal("Failed", result["status"]!.GetValue<string>());
        Assert.Equal("EmailDroppedAllRecipientsSuppressed", result["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_FromADomainThatIsNotLinked_Is404()
    {
        await DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0, MailDomains = ["shop.example"] }, _clock);

        using var answer = await SendAsync(SignedMail.Message());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("DomainNotLinked", (await JsonAsync(answer))["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task OutboxPage_ShowsNewestFirst_WithEverythingEscaped()
    {
        using var first = await SendAsync(SignedMail.Message(subject: "Earlier mail"));
        using var second = await SendAsync(SignedMail.Message(subject: "<img src=x onerror=alert(1)>"));

        using var answer = await _sandbox.Client.GetAsync(_sandbox.At.Mail!.Address);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("&lt;img", StringComparison.Ordinal) < page.IndexOf("Earlier mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsTheOutboxAndItsOperations()
    {
        string folder = RunningSandbox.NewFolder();
        string operation = Guid.NewGuid().ToString();
        await DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0, StateFolder = folder }, _clock);
        using var first = await SendAsync(SignedMail.Message(), operation);
        await DisposeAsync();

        _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0, StateFolder = folder }, _clock);
        using var again = await SendAsync(SignedMail.Message(), operation);

        Assert.Single(await OutboxAsync());
        Directory.Delete(folder, recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(JsonObject message, string? operation = null)
    {
        using var request = SignedMail.Send(_sandbox.At.Mail!, s_now, message.ToJsonString(), operation);
        return await _sandbox.Client.SendAsync(request);
    }

    private async Task<JsonArray> OutboxAsync() => (await _sandbox.GetAsync(_sandbox.At.Mail!.Address, "/_sandbox/mail/messages"))["messages"]!.AsArray();

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
}
