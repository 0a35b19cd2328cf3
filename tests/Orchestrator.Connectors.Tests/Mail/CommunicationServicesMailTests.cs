using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Mail;

public sealed class CommunicationServicesMailTests
{
    private static readonly string Accepted = $$"""{"id":"{{MailSamples.Operation}}","status":"Running"}""";

    [Fact]
    public async Task Send_NewMail_IsSignedAndCarriesItsOperation()
    {
        await using WireServer server = await StartAsync(post: (202, Accepted));
        using CommunicationServicesMail mail = Mail(server.Address);
        ActCall call = MailSamples.Call(MailSamples.AccessKey);

        MailReceipt receipt = await mail.SendAsync(call, MailSamples.Mail(), default);

        Assert.Equal(MailSamples.Operation.ToString(), receipt.ProviderId);
        Assert.Equal([receipt.ProviderId], call.Objects);
        WireRequest sent = server.Requests.Last();
        Assert.Equal(("POST", "/emails:send?api-version=2025-09-01", MailSamples.Operation.ToString()), (sent.Method, sent.Path, sent.Headers["Operation-Id"]));
        JsonNode body = JsonNode.Parse(sent.Body)!;
        Assert.Equal("support@shop.example", (string?)body["senderAddress"]);
        Assert.Equal("Your refund of €42.00", (string?)body["content"]!["subject"]);
        Assert.Equal("ana@example.com", (string?)body["recipients"]!["to"]![0]!["address"]);
        Assert.Equal("<m1@shop.example>", (string?)body["headers"]!["In-Reply-To"]);
        Assert.All(server.Requests, request => Assert.Equal(Signature(request, server.Address.Authority), request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Send_OperationKnownBefore_SendsNothing()
    {
        await using WireServer server = await StartAsync(get: (200, $$"""{"id":"{{MailSamples.Operation}}","status":"Succeeded"}"""));
        using CommunicationServicesMail mail = Mail(server.Address);

        MailReceipt receipt = await mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default);

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
        using CommunicationServicesMail mail = Mail(server.Address);
        Exception failure = (await Record.ExceptionAsync(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default)))!;
        Assert.IsType(expected, failure);
        Assert.Equal(code, ((OutsideFailureException)failure).Code);
        Assert.DoesNotContain("ana@", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"id":"00000000-0000-0000-0000-00000000000a","status":"Running"}""")]
    public async Task Send_AnswerThatCantBeBelieved_IsUnknown(string body)
    {
        await using WireServer server = await StartAsync(post: (202, body));
        using CommunicationServicesMail mail = Mail(server.Address);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default));
    }

    [Fact]
    public async Task Send_OperationThatFailedBefore_IsRefused()
    {
        await using WireServer server = await StartAsync(get: (200, $$$"""{"id":"{{{MailSamples.Operation}}}","status":"Failed","error":{"code":"EmailDroppedAllRecipientsSuppressed"}}"""));
        using CommunicationServicesMail mail = Mail(server.Address);
        RefusedException failure = await Assert.ThrowsAsync<RefusedException>(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default));
        Assert.Equal("EmailDroppedAllRecipientsSuppressed", failure.Code);
    }

    [Theory]
    [MemberData(nameof(MailSamples.Hostile), MemberType = typeof(MailSamples))]
    public async Task Send_HostileMail_NeverLeaves(OutgoingMail hostile)
    {
        await using WireServer server = await StartAsync();
        using CommunicationServicesMail mail = Mail(server.Address);
        await Assert.ThrowsAsync<PermanentFailureException>(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), hostile, default));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Send_KeyThatIsAConnectionString_SaysWhichPartIsWanted()
    {
        await using WireServer server = await StartAsync();
        using CommunicationServicesMail mail = Mail(server.Address);
        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => mail.SendAsync(MailSamples.Call("endpoint=https://x/;accesskey=QUJD"), MailSamples.Mail(), default));
        Assert.Contains("after accesskey=", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("QUJD", failure.Message, StringComparison.Ordinal);
    }

    private static CommunicationServicesMail Mail(Uri address) => new(new(address, "support@shop.example"), TimeProvider.System);

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
