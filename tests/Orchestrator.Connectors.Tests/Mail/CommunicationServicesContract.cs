using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Mail;

/// <summary>What every client of Communication Services does with mails, keys and answers.</summary>
public abstract class CommunicationServicesContract
{
    private static readonly string Accepted = $$"""{"id":"{{MailSamples.Operation}}","status":"Running"}""";

    [Fact]
    public async Task Send_NewMail_IsSignedAndCarriesItsOperation()
    {
        await using WireServer server = await StartAsync(post: (202, Accepted));
        ActCall call = MailSamples.Call(MailSamples.AccessKey);

        MailReceipt receipt = await SendAsync(server, call);

        Assert.Equal(MailSamples.Operation.ToString(), receipt.ProviderId);
        Assert.Equal([receipt.ProviderId], call.Objects);
        WireRequest sent = server.Requests.Last();
        Assert.Equal(("POST", "/emails:send?api-version=2025-09-01", MailSamples.Operation.ToString()), (sent.Method, sent.Path, sent.Headers["Operation-Id"]));
        JsonNode body = JsonNode.Parse(sent.Body)!;
        Assert.Equal("support@shop.example", (string?)body["senderAddress"]);
        Assert.Equal("Your refund of €42.00", (string?)body["content"]!["subject"]);
        Assert.Equal("ana@example.com", (string?)body["recipients"]!["to"]![0]!["address"]);
        Assert.Equal("Dear Ana,\n.\nit is on its way: KWD 12.500.", (string?)body["content"]!["plainText"]);
        Assert.Null(body["content"]!["html"]);
        Assert.Equal("Ana", (string?)body["recipients"]!["to"]![0]!["displayName"]);
        Assert.Equal($"<{MailSamples.Operation}@shop.example>", (string?)body["headers"]!["Message-ID"]);
        Assert.Equal("<m1@shop.example>", (string?)body["headers"]!["In-Reply-To"]);
        Assert.Equal("<m1@shop.example>", (string?)body["headers"]!["References"]);
        Assert.True((bool?)body["userEngagementTrackingDisabled"]);
        Assert.All(server.Requests, request => Assert.Equal(Signature(request, server.Address.Authority), request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Send_OperationKnownBefore_SendsNothing()
    {
        await using WireServer server = await StartAsync(get: (200, $$"""{"id":"{{MailSamples.Operation}}","status":"Succeeded"}"""));

        MailReceipt receipt = await SendAsync(server);

        Assert.Equal(MailSamples.Operation.ToString(), receipt.ProviderId);
        Assert.Equal("GET", server.Only.Method);
    }

    [Theory]
    [InlineData(401, "Denied", typeof(PermanentFailureException))]
    [InlineData(403, "Denied", typeof(PermanentFailureException))]
    [InlineData(404, "ResourceNotFound", typeof(PermanentFailureException))]
    [InlineData(400, "InvalidSenderUserName", typeof(RefusedException))]
    [InlineData(429, "TooManyRequests", typeof(TransientFailureException))]
    [InlineData(409, "Conflict", typeof(TransientFailureException))]
    [InlineData(500, "InternalError", typeof(OutcomeUnknownException))]
    public async Task Send_Refused_IsTheRightFailureWithoutTheAddress(int status, string code, Type expected)
    {
        await using WireServer server = await StartAsync(post: (status, $$$"""{"error":{"code":"{{{code}}}","message":"ana@example.com is bad"}}"""));
        Exception failure = (await Record.ExceptionAsync(() => SendAsync(server)))!;
        Assert.IsType(expected, failure);
        Assert.Equal(code, ((OutsideFailureException)failure).Code);
        Assert.DoesNotContain("ana@", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_LimitedWithATime_SaysWhenToTryAgain()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => request.Method == "GET"
            ? WireServer.AnswerAsync(context, 404, "{}")
            : WireServer.AnswerAsync(context, 429, """{"error":{"code":"TooManyRequests"}}""", ("Retry-After", "17")));
        TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => SendAsync(server));
        Assert.Equal(TimeSpan.FromSeconds(17), failure.RetryAfter);
        Assert.Equal(["GET", "POST"], server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Send_AnsweredWithARedirect_IsPermanentAndNotFollowed()
    {
        await using WireServer elsewhere = await StartAsync();
        await using WireServer server = await WireServer.StartAsync(307, "{}", ("Location", new Uri(elsewhere.Address, "/emails:send").AbsoluteUri));
        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => SendAsync(server));
        Assert.Equal("redirect", failure.Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Send_Answered_NotesTheServicesRequestId()
    {
        await using WireServer server = await WireServer.StartAsync(200, $$"""{"id":"{{MailSamples.Operation}}","status":"Running"}""", ("x-ms-request-id", "r-17"));
        ActCall call = MailSamples.Call(MailSamples.AccessKey);
        await SendAsync(server, call);
        Assert.Equal("r-17", call.RequestId);
    }

    [Fact]
    public async Task Send_NobodyThere_IsTransient()
    {
        TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => SendAsync(At(WireServer.NobodyThere())));
        Assert.Equal("unreachable", failure.Code);
    }

    [Theory]
    [InlineData("GET", typeof(TransientFailureException))]
    [InlineData("POST", typeof(OutcomeUnknownException))]
    public async Task Send_ConnectionBreaks_IsUnknownOnceTheMailLeft(string at, Type expected)
    {
        await using WireServer server = await WireServer.StartAsync((context, request) =>
        {
            if (request.Method == at)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return WireServer.AnswerAsync(context, 404, "{}");
        });
        Exception? failure = await Record.ExceptionAsync(() => SendAsync(server));
        Assert.IsType(expected, failure);
        Assert.Equal("connection_lost", ((OutsideFailureException)failure).Code);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsUnknown()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => request.Method == "GET"
            ? WireServer.AnswerAsync(context, 404, "{}")
            : Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        OutcomeUnknownException failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => SendAsync(At(server.Address, TimeSpan.FromSeconds(1))));
        Assert.Equal("timeout", failure.Code);
    }

    [Fact]
    public async Task Send_AnswerWithoutMeasure_IsNotReadToItsEnd()
    {
        await using WireServer server = await WireServer.StartAsync(404, new string(' ', 9 * 1024 * 1024));
        TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => SendAsync(server));
        Assert.Equal("connection_lost", failure.Code);
    }

    [Fact]
    public async Task Send_Cancelled_IsCancelledAndNoFailureOfTheService()
    {
        await using WireServer server = await StartAsync();
        IMailSender sender = Open(At(server.Address));
        using (sender as IDisposable)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), new CancellationToken(canceled: true)));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"status":7}""")]
    [InlineData("""{"id":"00000000-0000-0000-0000-00000000000a","status":"Running"}""")]
    public async Task Send_AnswerThatCantBeBelieved_IsUnknown(string body)
    {
        await using WireServer server = await StartAsync(post: (202, body));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => SendAsync(server));
    }

    [Fact]
    public async Task Send_OperationThatFailedBefore_IsRefused()
    {
        await using WireServer server = await StartAsync(get: (200, $$$"""{"id":"{{{MailSamples.Operation}}}","status":"Failed","error":{"code":"EmailDroppedAllRecipientsSuppressed"}}"""));
        RefusedException failure = await Assert.ThrowsAsync<RefusedException>(() => SendAsync(server));
        Assert.Equal("EmailDroppedAllRecipientsSuppressed", failure.Code);
    }

    [Theory]
    [MemberData(nameof(MailSamples.Hostile), MemberType = typeof(MailSamples))]
    public async Task Send_HostileMail_NeverLeaves(OutgoingMail hostile)
    {
        await using WireServer server = await StartAsync();
        await Assert.ThrowsAsync<PermanentFailureException>(() => SendAsync(server, mail: hostile));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Send_KeyThatIsAConnectionString_SaysWhichPartIsWanted()
    {
        await using WireServer server = await StartAsync();
        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => SendAsync(server, MailSamples.Call("endpoint=https://x/;accesskey=QUJD")));
        Assert.Contains("after accesskey=", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("QUJD", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A client of the service at this address; disposed of after use when it can be.</summary>
    protected abstract IMailSender Open(CommunicationServicesOptions options);

    private static CommunicationServicesOptions At(Uri address, TimeSpan? timeout = null) => new(address, "support@shop.example", timeout);

    private Task<MailReceipt> SendAsync(WireServer server, ActCall? call = null, OutgoingMail? mail = null) => SendAsync(At(server.Address), call, mail);

    private async Task<MailReceipt> SendAsync(CommunicationServicesOptions options, ActCall? call = null, OutgoingMail? mail = null)
    {
        IMailSender sender = Open(options);
        using (sender as IDisposable)
        {
            return await sender.SendAsync(call ?? MailSamples.Call(MailSamples.AccessKey), mail ?? MailSamples.Mail(), default);
        }
    }

    private static Task<WireServer> StartAsync((int Status, string Body)? post = null, (int Status, string Body)? get = null) => WireServer.StartAsync((HttpContext context, WireRequest request) =>
    {
        (int status, string body) = (request.Method == "GET" ? get : post) ?? (404, """{"error":{"code":"NotFound"}}""");
        return WireServer.AnswerAsync(context, status, body);
    });

    private static string Signature(WireRequest request, string host)
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body)));
        Assert.Equal(hash, request.Headers["x-ms-content-sha256"]);
        string signed = $"{request.Method}\n{request.Path}\n{request.Headers["x-ms-date"]};{host};{hash}";
        return "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(MailSamples.AccessKey), Encoding.UTF8.GetBytes(signed)));
    }
}
