using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Models;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Teams;

namespace Orchestrator.Connectors.Connections;

/// <summary>
/// Each port to the outside, connected to the real service that the settings name or to its stand-in. Nothing is called before a port is used, so a head
/// with a connector of its own for one of them says <c>with</c>.
/// </summary>
/// <param name="Mailbox">Null: no mailbox is watched.</param>
public sealed record ConnectedPorts(
    IKeyVault Keys,
    IPaymentReads Payments,
    IRefunds Refunds,
    IMailSender Mail,
    IApprovalNotices Notices,
    IMailReading Reading,
    IMailbox? Mailbox)
{
    /// <param name="sandbox">Where the stand-ins are; <see cref="SandboxFile.None"/> when everything is real.</param>
    /// <param name="publicAddress">How people reach the pages: links in cards begin with it.</param>
    /// <exception cref="SettingsException">A setting is refused by the connector that it is for.</exception>
    public static ConnectedPorts Open(SharedSettings settings, SandboxFile sandbox, Uri publicAddress, TimeProvider clock)
    {
        IKeyVault keys = KeyRing.Open(settings, sandbox, clock);
        var payments = new StripePayments(new StripeOptions(settings.Stripe?.Address ?? sandbox.Stripe!.Address), clock);
        return new(
            keys,
            payments,
            payments,
            MailOf(settings.Mail, sandbox.Mail, clock),
            NoticesOf(settings, publicAddress, clock),
            ReadingOf(settings.Model),
            MailboxConnection.Open(settings.Mailbox, sandbox.Graph, keys, clock));
    }

    private static IMailSender MailOf(MailSettings? settings, MailStandIn? standIn, TimeProvider clock) => settings switch
    {
        { SmtpHost: { } host } => new SmtpMail(new SmtpOptions(host, settings.SmtpPort, settings.Sender, settings.SmtpUser, settings.SmtpSecurity), clock),
        { Endpoint: { } endpoint } => new CommunicationServicesMail(new CommunicationServicesOptions(endpoint, settings.Sender), clock),
        _ => new CommunicationServicesMail(new CommunicationServicesOptions(standIn!.Address, standIn.Sender), clock),
    };

    private static IApprovalNotices NoticesOf(SharedSettings settings, Uri publicAddress, TimeProvider clock) => settings.Teams switch
    {
        null => new TeamsNotices(new TeamsOptions(publicAddress, settings.Sandbox.CardsPerSecond), clock),
        { Webhook: Switch.Off } => new NoNotices(),
        _ => new TeamsNotices(new TeamsOptions(publicAddress), clock),
    };

    private static IMailReading ReadingOf(ModelSettings? settings)
    {
        var rules = new RuleReading();
        return settings is null ? rules : new ModelReading(new ModelOptions(settings.Address, settings.Name), PreparedWords.ForModel, rules);
    }

    /// <summary>Teams is switched off: people watch the approvals page.</summary>
    private sealed class NoNotices : IApprovalNotices
    {
        public Task PostAsync(ActCall call, ApprovalNotice notice, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
