using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.AzureFunctions.Web;
using Orchestrator.Operations.Watching;

namespace Orchestrator.AzureFunctions.Watching;

/// <summary>What the other head does in the background, on the platform's clock: one instance of the app at a time.</summary>
public sealed partial class ClockFunctions(CurrentClient current, InboxIntake intake, ApprovalDesk desk, CaseWatch watch, MailboxSubscription mailbox, ILogger<ClockFunctions> logger)
{
    private static readonly TimeSpan Catching = TimeSpan.FromMinutes(15);

    /// <summary>Starts cases and announces decisions that a crash left between the store and the task hub.</summary>
    [Function("CatchUp")]
    public async Task CatchUpAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        current.Use(client);
        await intake.StartLeftBehindAsync(cancellationToken);
        await desk.AnnounceLeftBehindAsync(Catching, cancellationToken);
    }

    /// <summary>The figures that the alert rules read.</summary>
    [Function("WatchCases")]
    public async Task WatchCasesAsync([TimerTrigger("30 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        current.Use(client);
        await watch.LookAsync(cancellationToken);
    }

    /// <summary>Walks the audit chain.</summary>
    [Function("VerifyAudit")]
    public async Task VerifyAuditAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        current.Use(client);
        await watch.VerifyAuditAsync(cancellationToken);
    }

    /// <summary>A subscription of Microsoft Graph ends by itself within days; it is asked for anew long before.</summary>
    [Function("RenewMailbox")]
    public async Task RenewMailboxAsync([TimerTrigger("10 */30 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        try
        {
            if (await mailbox.RenewAsync(cancellationToken) is { } until)
            {
                Subscribed(logger, until);
            }
        }
        catch (OutsideFailureException failure)
        {
            NotSubscribed(logger, failure.Message);
        }
    }

    [LoggerMessage(7001, LogLevel.Information, "The mailbox tells of new mail until {Until:u}.")]
    private static partial void Subscribed(ILogger logger, DateTimeOffset until);

    [LoggerMessage(7002, LogLevel.Warning, "The mailbox does not tell of new mail: {Why} It is asked again within half an hour; mails come in over POST /inbox/messages meanwhile.")]
    private static partial void NotSubscribed(ILogger logger, string why);
}
