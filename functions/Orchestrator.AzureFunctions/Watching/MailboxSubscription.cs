using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.AzureFunctions.Watching;

/// <summary>The shared mailbox's promise to tell of new mail.</summary>
/// <param name="mailbox">Null: none is watched.</param>
public sealed class MailboxSubscription(IMailbox? mailbox, Uri notificationUrl, string clientState)
{
    /// <returns>Until when it holds; null when no mailbox is watched.</returns>
    /// <exception cref="OutsideFailureException">The mailbox did not promise it.</exception>
    public async Task<DateTimeOffset?> RenewAsync(CancellationToken cancellationToken) =>
        mailbox is null ? null : await mailbox.SubscribeAsync(notificationUrl, clientState, cancellationToken);
}
