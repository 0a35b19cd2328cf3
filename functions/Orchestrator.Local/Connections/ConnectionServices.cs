using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Fencing;
using Orchestrator.Agents.Understanding.Redaction;
using Orchestrator.Agents.Understanding.Rules;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Models;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Teams;
using Orchestrator.Local.Keys;
using Orchestrator.Local.Sandboxes;
using Orchestrator.Local.Settings;

namespace Orchestrator.Local.Connections;

/// <summary>Connects each port to the real service that the settings name, or to its stand-in.</summary>
internal static class ConnectionServices
{
    /// <param name="publicAddress">How people reach the pages: links in cards begin with it.</param>
    public static IServiceCollection AddConnections(this IServiceCollection services, LocalSettings settings, SandboxFile sandbox, Uri publicAddress, TimeProvider clock)
    {
        var payments = new StripePayments(new StripeOptions(settings.Stripe?.Address ?? sandbox.Stripe!.Address), clock);
        if (MailboxConnection.Open(settings.Mailbox, sandbox.Graph, KeyRing.Open(settings, sandbox, clock), clock) is { } mailbox)
        {
            _ = services.AddSingleton<IMailbox>(mailbox);
        }

        return services
            .AddSingleton(KeyRing.Open(settings, sandbox, clock))
            .AddSingleton<IPaymentReads>(payments)
            .AddSingleton<IRefunds>(payments)
            .AddSingleton(Mail(settings.Mail, sandbox.Mail, clock))
            .AddSingleton(Notices(settings, publicAddress, clock))
            .AddSingleton(Reading(settings.Model));
    }

    private static IMailSender Mail(MailSettings? settings, MailStandIn? standIn, TimeProvider clock) => settings switch
    {
        { SmtpHost: { } host } => new SmtpMail(new SmtpOptions(host, settings.SmtpPort, settings.Sender, settings.SmtpUser, settings.SmtpSecurity), clock),
        { Endpoint: { } endpoint } => new CommunicationServicesMail(new CommunicationServicesOptions(endpoint, settings.Sender), clock),
        _ => new CommunicationServicesMail(new CommunicationServicesOptions(standIn!.Address, standIn.Sender), clock),
    };

    private static IApprovalNotices Notices(LocalSettings settings, Uri publicAddress, TimeProvider clock) => settings.Teams switch
    {
        null => new TeamsNotices(new TeamsOptions(publicAddress, settings.Sandbox.CardsPerSecond), clock),
        { Webhook: Switch.Off } => new NoNotices(),
        _ => new TeamsNotices(new TeamsOptions(publicAddress), clock),
    };

    private static IMailReading Reading(ModelSettings? settings)
    {
        var rules = new RuleReading();
        return settings is null ? rules : new ModelReading(new ModelOptions(settings.Address, settings.Name), Words, rules);
    }

    private static ModelWords Words { get; } = new(
        text => ReplyText.Strip(text).Own,
        Redact,
        Fence);

    private static RedactedWords Redact(string text, IReadOnlyList<string?> names)
    {
        Redacted redacted = PersonalData.Redact(text, names);
        return new(redacted.Text, redacted.Restore);
    }

    private static FencedText Fence(string text)
    {
        FencedWords fenced = CustomerWords.Fence(text);
        return new(fenced.Text, fenced.Name);
    }

    /// <summary>Teams is switched off: people watch the approvals page.</summary>
    private sealed class NoNotices : IApprovalNotices
    {
        public Task PostAsync(ActCall call, ApprovalNotice notice, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
