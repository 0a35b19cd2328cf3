using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>Keeps a case open until Stripe says what became of its refund. Stripe's event wakes it; when none comes, it looks by itself.</summary>
internal static class Settlement
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(45);

    /// <param name="told">Whether the customer was told that the refund was made; null: they are told once it is.</param>
    /// <param name="intent">What they are told about then.</param>
    public static async Task<CaseOutcome> WatchAsync(IOrchestrationContext context, RefundRecord refund, bool? told, RefundIntent? intent = null)
    {
        DateTimeOffset giveUp = context.CurrentUtcDateTime + GiveUpAfter;
        TimeSpan pause = FirstLook;
        while (true)
        {
            switch (refund.Status)
            {
                case RefundStatus.Succeeded:
                    bool knows = told ?? await CustomerNews.TellAsync(context, intent!, refund, onItsWay: false);
                    string why = $"{refund.Amount} was refunded on {refund.Charge}{(knows ? "" : "; the customer was not told and has to be")}.";
                    return await CaseClosing.CloseAsync(context, new(CaseEnd.Refunded, why, refund.Charge, refund.Amount, refund.Id) { CustomerUntold = !knows });
                case RefundStatus.Failed or RefundStatus.Canceled:
                    return await FailedAsync(context, refund);
            }

            if (context.CurrentUtcDateTime >= giveUp)
            {
                return await CaseClosing.HandOverAsync(context, $"Refund {refund.Id} is still {refund.Status} after {GiveUpAfter.TotalDays} days.");
            }

            context.SetCustomStatus(new CaseStatus(
                CasePhase.Settling,
                $"Waiting for Stripe to settle refund {refund.Id}: {refund.Status}{(refund.PendingReason is { } reason ? $" ({reason})" : "")}.",
                context.CurrentUtcDateTime + pause,
                refund.Amount,
                refund.Charge,
                refund.Id));
            await WaitForNewsAsync(context, pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            refund = await context.CallActivityAsync(ReadRefund, new(context.InstanceId, refund.Charge, refund.Id)) ?? refund;
        }
    }

    /// <summary>The refund that Stripe's own two-party approval let through, or null when that ran out.</summary>
    public static async Task<RefundRecord?> AwaitStripeApprovalAsync(IOrchestrationContext context, RefundIntent intent, RefundAnswer.AwaitsStripeApproval held)
    {
        DateTimeOffset giveUp = held.ExpiresAt ?? context.CurrentUtcDateTime.AddDays(7);
        while (true)
        {
            context.SetCustomStatus(new CaseStatus(CasePhase.Refunding, $"Waiting for approval {held.ApprovalRequestId} in Stripe's dashboard.", giveUp, intent.Amount, intent.Charge));
            TimeSpan left = giveUp - context.CurrentUtcDateTime;
            await WaitForNewsAsync(context, left < FirstLook ? left : FirstLook);
            if (await context.CallActivityAsync(ReadRefund, new(intent.CaseId, intent.Charge, null)) is { } refund)
            {
                return refund;
            }

            if (context.CurrentUtcDateTime >= giveUp)
            {
                return null;
            }
        }
    }

    /// <summary>The money came back from the bank: the customer was told otherwise, so a person takes over.</summary>
    public static async Task<CaseOutcome> FailedAsync(IOrchestrationContext context, RefundRecord refund)
    {
        string why = $"Refund {refund.Id} of {refund.Amount} failed: {refund.FailureReason ?? refund.Status.ToString()}. The customer needs another way to get the money.";
        await CaseClosing.TellPersonAsync(context, why);
        return await CaseClosing.CloseAsync(context, new(CaseEnd.RefundFailed, why, refund.Charge, refund.Amount, refund.Id));
    }

    private static async Task WaitForNewsAsync(IOrchestrationContext context, TimeSpan pause)
    {
        try
        {
            await context.WaitForExternalEvent<string>(RefundAgent.RefundUpdated, pause > TimeSpan.FromSeconds(1) ? pause : TimeSpan.FromSeconds(1));
        }
        catch (TaskCanceledException)
        {
            // No word from Stripe: the caller looks by itself.
        }
    }
}
