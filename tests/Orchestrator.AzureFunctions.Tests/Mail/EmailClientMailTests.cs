using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.AzureFunctions.Mail;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Tests.Mail;
using Orchestrator.Connectors.Tests.Wire;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.AzureFunctions.Tests.Mail;

public sealed class EmailClientMailTests : CommunicationServicesContract
{
    [Fact]
    public async Task Send_TwiceToTheSandbox_IsOneMailWhoseSignatureItBelieves()
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(new() { MailPort = 0 }, TimeProvider.System, default);
        MailAddress address = sandbox.Addresses.Mail!;
        using var mail = new EmailClientMail(new(address.Address, address.Sender), TimeProvider.System);

        MailReceipt first = await mail.SendAsync(MailSamples.Call(address.AccessKey), MailSamples.Mail(), default);
        MailReceipt again = await mail.SendAsync(MailSamples.Call(address.AccessKey), MailSamples.Mail(), default);

        Assert.Equal(first, again);
        using var http = new HttpClient();
        JsonNode outbox = JsonNode.Parse(await http.GetStringAsync(new Uri(address.Address, "_sandbox/mail/messages")))!;
        Assert.Equal(first.ProviderId, (string?)Assert.Single(outbox["messages"]!.AsArray())!["id"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Send_ServiceFails_IsAskedOnceBecauseTheOrchestrationRetries(int status)
    {
        await using WireServer server = await WireServer.StartAsync(status, "{}");
        using EmailClientMail mail = Sender(server);
        await Assert.ThrowsAsync<TransientFailureException>(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default));
        Assert.Equal("GET", server.Only.Method);
    }

    [Fact]
    public async Task Send_MailThatThePackageRefuses_IsPermanentAndNeverLeaves()
    {
        await using WireServer server = await WireServer.StartAsync(404, "{}");
        using EmailClientMail mail = Sender(server);
        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(text: " "), default));
        Assert.Equal("mail_malformed", failure.Code);
        Assert.Null(failure.InnerException);
        Assert.Equal("GET", server.Only.Method);
    }

    protected override IMailSender Open(CommunicationServicesOptions options) => new EmailClientMail(options, TimeProvider.System);

    private static EmailClientMail Sender(WireServer server) => new(new(server.Address, "support@shop.example"), TimeProvider.System);
}
