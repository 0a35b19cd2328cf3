using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Mail;

/// <summary>Azure Communication Services' resource that sends the mail. The access key is the key <c>mail</c>.</summary>
public sealed record CommunicationServicesOptions
{
    /// <param name="endpoint"><c>https://name.communication.azure.com</c>, or the sandbox's address.</param>
    /// <param name="sender">An address of a verified domain of that resource.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public CommunicationServicesOptions(Uri? endpoint, string? sender, TimeSpan? timeout = null)
    {
        Endpoint = Checked.Address(endpoint, "Mail:Endpoint");
        Sender = Checked.Mailbox(sender, "Mail:Sender");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(30), "Mail:Timeout");
    }

    public Uri Endpoint { get; }

    public string Sender { get; }

    public TimeSpan Timeout { get; }
}
