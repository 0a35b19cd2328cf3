using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Understanding.Rules;
using Orchestrator.Connectors.Connections;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Models;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Teams;

namespace Orchestrator.Connectors.Tests.Connections;

public sealed class ConnectedPortsTests
{
    private static readonly Uri Pages = new("https://refunds.example.com");

    private static readonly SandboxFile Sandbox = new(
        new(new("http://127.0.0.1:7311/")),
        null,
        new(new("http://127.0.0.1:7313/"), "accesskey=a2V5", "support@sandbox.invalid"),
        null,
        new(new("http://127.0.0.1:7315/"), "token", "tenant", "support@sandbox.invalid"));

    [Fact]
    public void NothingReal_IsTheStandInsAndRules()
    {
        ConnectedPorts ports = Open(SharedSettings.AllPlayed);

        Assert.IsType<CommunicationServicesMail>(ports.Mail);
        Assert.IsType<TeamsNotices>(ports.Notices);
        Assert.IsType<RuleReading>(ports.Reading);
        Assert.NotNull(ports.Mailbox);
    }

    [Fact]
    public async Task RealServices_TakeTheStandInsPlaces()
    {
        using var folder = new TemporaryFolder();
        ConnectedPorts ports = Open(SharedSettings.AllPlayed with
        {
            Keys = new(null, folder.File("keys.json")),
            Mail = new(null, "smtp.example.com", 587, null, SmtpSecurity.StartTls, "support@example.com"),
            Model = new(new("https://gateway.example.com/v1"), "reader"),
            Mailbox = new(Switch.Off, "", null, null, MailboxSettings.RealGraph),
            Teams = new(Switch.Off),
        });

        Assert.IsType<SmtpMail>(ports.Mail);
        Assert.IsType<ModelReading>(ports.Reading);
        Assert.Null(ports.Mailbox);
        Assert.Equal("", (await ports.Keys.GetKeyAsync(KeyNames.Teams, CancellationToken.None)).Reveal());
    }

    [Fact]
    public async Task KeyThatComesFromNowhere_IsRefusedByName()
    {
        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() =>
            Open(SharedSettings.AllPlayed with { Stripe = new(StripeMode.Test, StripeSettings.RealAddress) }).Keys.GetKeyAsync(KeyNames.StripeRefund, CancellationToken.None));

        Assert.Contains("Keys.VaultAddress or Keys.File", refused.Message, StringComparison.Ordinal);
    }

    private static ConnectedPorts Open(SharedSettings settings) => ConnectedPorts.Open(settings, Sandbox, Pages, TimeProvider.System);
}
