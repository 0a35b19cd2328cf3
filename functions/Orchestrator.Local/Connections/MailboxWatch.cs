using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Local.Connections;

/// <summary>Keeps the mailbox's subscription alive. A mailbox that does not answer does not keep the rest from running; it is asked again.</summary>
internal sealed partial class MailboxWatch(IMailbox? mailbox, Uri notificationUrl, string clientState, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<MailboxWatch> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Graph calls the address back while it is being subscribed to: not before this process listens.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        while (mailbox is not null)
        {
            await Task.Delay(await SubscribeAsync(mailbox, stoppingToken), clock, stoppingToken);
        }
    }

    /// <returns>How long to wait before the next time.</returns>
    private async Task<TimeSpan> SubscribeAsync(IMailbox open, CancellationToken stoppingToken)
    {
        try
        {
            DateTimeOffset until = await open.SubscribeAsync(notificationUrl, clientState, stoppingToken);
            Subscribed(logger, until);
            TimeSpan half = (until - clock.GetUtcNow()) / 2;
            return half > AfterFailure ? half : AfterFailure;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it is: a mailbox is one way in of several, and no reason to stop the head. Only what is written for people is logged whole.
            Failed(logger, failure is OutsideFailureException ? failure.Message : $"An unexpected {failure.GetType().Name}.");
            return AfterFailure;
        }
    }
}
