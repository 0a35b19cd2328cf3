using System.Diagnostics;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>Money moves here, then the customer is told, then the case waits until Stripe says it arrived.</summary>
internal static class RefundExecution
{
    /// <returns>How the case ended; null when Stripe refused and the facts have to be read anew.</returns>
    public static async Task<CaseOutcome?> RefundAndSettleAsync(IOrchestrationContext context, RefundIntent intent)
    {
        context.SetCustomStatus(new CaseStatus(CasePhase.Refunding, $"Refunding {intent.Amount} at Stripe.", Amount: intent.Amount, Charge: intent.Charge));
        RefundAnswer answer = await context.CallActivityAsync(IssueRefund, intent);
        switch (answer)
        {
            case RefundAnswer.Made made:
                return await FinishAsync(context, intent, made.Refund);
            case RefundAnswer.AwaitsStripeApproval held:
                RefundRecord? released = await Settlement.AwaitStripeApprovalAsync(context, intent, held);
                return released is null
                    ? await CaseClosing.HandOverAsync(context, $"Stripe's own approval {held.ApprovalRequestId} for the refund on {intent.Charge} was not given in time.")
                    : await FinishAsync(context, intent, released);
            case RefundAnswer.Refused { Refusal: RefundRefusal.Other or RefundRefusal.ChargeNotFound } refused:
                return await CaseClosing.HandOverAsync(context, $"Stripe refused the refund on {intent.Charge}: {refused.Message}");
            case RefundAnswer.Refused:
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<CaseOutcome> FinishAsync(IOrchestrationContext context, RefundIntent intent, RefundRecord refund)
    {
        if (refund.Status is RefundStatus.Failed or RefundStatus.Canceled)
        {
            return await Settlement.FailedAsync(context, refund);
        }

        if (refund.Status == RefundStatus.Succeeded || !context.IsPatched(Patches.MailSaysWhatStripeSays))
        {
            return await Settlement.WatchAsync(context, refund, await CustomerNews.TellAsync(context, intent, refund, onItsWay: false));
        }

        await CustomerNews.TellAsync(context, intent, refund, onItsWay: true);
        await CustomerNews.SayWhatHoldsItUpAsync(context, refund, Settlement.GiveUpAfter);
        return await Settlement.WatchAsync(context, refund, told: null, intent);
    }
}
