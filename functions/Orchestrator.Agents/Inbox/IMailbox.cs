using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Inbox;

/// <summary>A shared mailbox that announces new mail by change notifications (Microsoft Graph) and hands it out on request.</summary>
public interface IMailbox
{
    /// <summary>Fetches an announced message, its HTML read as text; null when it is no longer there.</summary>
    /// <param name="resource">The notification's resource path, checked by the implementation to lie within the configured mailbox.</param>
    /// <exception cref="OutsideFailureException">The mailbox did not hand it out.</exception>
    Task<SupportMail?> FetchAsync(string resource, CancellationToken cancellationToken);

    /// <summary>Creates or renews the subscription whose notifications go to <paramref name="notificationUrl"/> with <paramref name="clientState"/>; gives its expiry.</summary>
    Task<DateTimeOffset> SubscribeAsync(Uri notificationUrl, string clientState, CancellationToken cancellationToken);
}
