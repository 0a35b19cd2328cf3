using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Mail;

public sealed class CommunicationServicesMailTests : CommunicationServicesContract
{
    [Fact]
    public async Task Send_SignsWithItsClock()
    {
        await using WireServer server = await WireServer.StartAsync(200, $$"""{"id":"{{MailSamples.Operation}}","status":"Succeeded"}""");
        using var mail = new CommunicationServicesMail(new(server.Address, "support@shop.example"), new ManualClock());
        await mail.SendAsync(MailSamples.Call(MailSamples.AccessKey), MailSamples.Mail(), default);
        Assert.Equal("Sat, 21 Nov 2026 09:00:00 GMT", server.Only.Headers["x-ms-date"]);
    }

    protected override IMailSender Open(CommunicationServicesOptions options) => new CommunicationServicesMail(options, TimeProvider.System);
}
