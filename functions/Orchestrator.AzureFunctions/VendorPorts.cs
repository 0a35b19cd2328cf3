using Orchestrator.AzureFunctions.Payments;
using Orchestrator.Connectors.Connections;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Stripe;
#if EMAIL_CLIENT
using Orchestrator.Agents.Mail;
using Orchestrator.AzureFunctions.Mail;
using Orchestrator.Connectors.Mail;
#endif

namespace Orchestrator.AzureFunctions;

/// <summary>The ports that the vendors' own clients carry in this head: payments by Stripe.net, mail by EmailClient.</summary>
internal static class VendorPorts
{
    public static ConnectedPorts In(ConnectedPorts ports, SharedSettings settings, SandboxFile sandbox, TimeProvider clock)
    {
        var payments = StripePayments.Over(new StripeClientRequests(new StripeOptions(settings.Stripe?.Address ?? sandbox.Stripe!.Address)), clock);
        return ports with
        {
            Payments = payments,
            Refunds = payments,
#if EMAIL_CLIENT
            Mail = MailOf(settings.Mail, sandbox.Mail, clock) ?? ports.Mail,
#endif
        };
    }

#if EMAIL_CLIENT
    /// <summary>Null when mail goes by SMTP.</summary>
    private static IMailSender? MailOf(MailSettings? settings, MailStandIn? standIn, TimeProvider clock) => settings switch
    {
        { Endpoint: { } endpoint } => new EmailClientMail(new CommunicationServicesOptions(endpoint, settings.Sender), clock),
        null => new EmailClientMail(new CommunicationServicesOptions(standIn!.Address, standIn.Sender), clock),
        _ => null,
    };
#endif
}
