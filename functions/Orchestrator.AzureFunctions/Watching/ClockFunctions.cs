using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.AzureFunctions.Web;
using Orchestrator.Operations.Watching;

namespace Orchestrator.AzureFunctions.Watching;

/// <summary>What the other head does in the background, on the platform's clock: one instance of the app at a time.</summary>
public sealed partial class ClockFunctions(CurrentClient current, MailboxSubscription mailbox, ILogger<ClockFunctions> logger)
{
    private static readonly TimeSpan Catching = TimeSpan.FromMinutes(15);

    /// <summary>Puts on the record what a crash left beside a change, and starts cases and announces decisions that it left between the store and the task hub.</summary>
    [Function("CatchUp")]
    public async Task CatchUpAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context, CancellationToken cancellationToken)
    {
        await Over<IAuditLog>(client, context).CatchUpAsync(cancellationToken);
        await Over<InboxIntake>(client, context).StartLeftBehindAsync(cancellationToken);
        await Over<ApprovalDesk>(client, context).AnnounceLeftBehindAsync(Catching, cancellationToken);
    }

    /// <summary>The figures that the alert rules read.</summary>
    [Function("WatchCases")]
    public async Task WatchCasesAsync([TimerTrigger("30 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context, CancellationToken cancellationToken)
    {
        await Over<CaseWatch>(client, context).LookAsync(cancellationToken);
    }

    /// <summary>Walks the audit chain.</summary>
    [Function("VerifyAudit")]
    public async Task VerifyAuditAsync([TimerTrigger("0 15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context, CancellationToken cancellationToken)
    {
        await Over<CaseWatch>(client, context).VerifyAuditAsync(cancellationToken);
    }

    /// <summary>A subscription of Microsoft Graph ends by itself within days; it is asked for anew long before, and at each start, so that a new deployment hears of new mail at once.</summary>
    [Function("RenewMailbox")]
    public async Task RenewMailboxAsync([TimerTrigger("10 */30 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken)
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

    /// <summary>What starts or tells orchestrations is made once the invocation has brought its client, and not with this class, which is made before.</summary>
    private T Over<T>(DurableTaskClient client, FunctionContext context)
        where T : notnull
    {
        current.Use(client);
        return context.InstanceServices.GetRequiredService<T>();
    }

    [LoggerMessage(7001, LogLevel.Information, "The mailbox tells of new mail until {Until:u}.")]
    private static partial void Subscribed(ILogger logger, DateTimeOffset until);

    [LoggerMessage(7002, LogLevel.Warning, "The mailbox does not tell of new mail: {Why} It is asked again within half an hour; mails come in over POST /inbox/messages meanwhile.")]
    private static partial void NotSubscribed(ILogger logger, string why);
}
