using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Approvals;

/// <summary>
/// Waits for people: asks, reminds, escalates, ends at the deadline. One waiter and one event name per round; the event is a hint, the store is the truth,
/// so a decision in the last second counts whichever of event and timer comes first.
/// </summary>
internal static class ApprovalGate
{
    public static async Task<ApprovalOutcome> AskAsync(IOrchestrationContext context, Proposal proposal, string? carriedFrom)
    {
        OpenedApproval opened = await context.CallActivityAsync(RefundActivities.OpenApproval, new(proposal, carriedFrom));
        if (opened.Concluded)
        {
            return await EndAsync(context, proposal);
        }

        ChargeOption? charge = proposal.Charges.Count == 1 ? proposal.Charges[0] : null;
        context.SetCustomStatus(new CaseStatus(CasePhase.AwaitingApproval, ApprovalNotices.WaitingFor(proposal), opened.DecideBy, charge?.Refund, charge?.Charge, ApprovalId: proposal.ApprovalId));
        await CaseClosing.NoticeAsync(context, ApprovalNotices.Asked(proposal, opened.DecideBy));
        return await AwaitConclusionAsync(context, proposal, opened);
    }

    private static async Task<ApprovalOutcome> AwaitConclusionAsync(IOrchestrationContext context, Proposal proposal, OpenedApproval opened)
    {
        DateTimeOffset[] milestones = [opened.RemindAt, opened.EscalateAt, opened.DecideBy];
        Task<string> decided = context.WaitForExternalEvent<string>(CaseIds.ApprovalEvent(proposal.Round));
        for (int next = 0; next < milestones.Length;)
        {
            if (!await DecidedBeforeAsync(context, decided, milestones[next]))
            {
                await PassAsync(context, proposal, opened, next++);
            }
            else if (await context.CallActivityAsync(RefundActivities.ConcludeApproval, new(proposal.ApprovalId, OtherwiseAs: null)) is { } outcome)
            {
                return outcome;
            }
            else
            {
                // Announced, but not in the store: nobody decided. The waiter is used up, so the next one stands alone.
                decided = context.WaitForExternalEvent<string>(CaseIds.ApprovalEvent(proposal.Round));
            }
        }

        return await EndAsync(context, proposal);
    }

    /// <summary>Reminds at the first milestone and escalates at the second; the third is the deadline.</summary>
    private static async Task PassAsync(IOrchestrationContext context, Proposal proposal, OpenedApproval opened, int milestone)
    {
        if (milestone == 0)
        {
            await CaseClosing.NoticeAsync(context, ApprovalNotices.Reminder(proposal, opened.DecideBy));
        }
        else if (milestone == 1 && await context.CallActivityAsync(RefundActivities.EscalateApproval, proposal.ApprovalId))
        {
            await CaseClosing.NoticeAsync(context, ApprovalNotices.Escalation(proposal, opened.DecideBy));
        }
    }

    /// <summary>How the round ended; it ends as expired when nobody ended it before.</summary>
    private static async Task<ApprovalOutcome> EndAsync(IOrchestrationContext context, Proposal proposal) =>
        (await context.CallActivityAsync(RefundActivities.ConcludeApproval, new(proposal.ApprovalId, ConclusionKind.Expired)))!;

    private static async Task<bool> DecidedBeforeAsync(IOrchestrationContext context, Task decided, DateTimeOffset time)
    {
        using var timer = new CancellationTokenSource();
        if (await Task.WhenAny(decided, context.CreateTimer(time, timer.Token)) != decided)
        {
            return false;
        }

        timer.Cancel();
        return true;
    }
}
