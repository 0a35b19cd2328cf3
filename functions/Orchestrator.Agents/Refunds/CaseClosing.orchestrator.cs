using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Mail;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>The ways in which a case ends without a refund, and the last step of those with one.</summary>
internal static class CaseClosing
{
    /// <summary>A person takes the case, and is told so.</summary>
    public static async Task<CaseOutcome> HandOverAsync(IOrchestrationContext context, string why)
    {
        await TellPersonAsync(context, why);
        return await CloseAsync(context, new(CaseEnd.HandedOver, why));
    }

    /// <summary>The policy says no: the reply goes out once a person agrees to it.</summary>
    public static async Task<CaseOutcome> DeclineAsync(IOrchestrationContext context, RefundDecision.Decline decline, Assessment assessment, int round)
    {
        var proposal = new Proposal(
            CaseIds.Approval(context.InstanceId, round),
            context.InstanceId,
            round,
            ProposalKind.DeclineReply,
            assessment.Options,
            decline.Basis,
            decline.ReplyApproval,
            assessment.Facts,
            [],
            assessment.Notices,
            CustomerMails.Declined(decline.Explanation),
            null);
        ApprovalOutcome outcome = await ApprovalGate.AskAsync(context, proposal, carriedFrom: null);
        if (outcome.Kind != ConclusionKind.Approved)
        {
            return await HandOverAsync(context, $"Rule '{decline.Basis.Rule}' declines the refund, and the reply to the customer was not approved.");
        }

        await SendAsync(context, proposal, "declined");
        return await CloseAsync(context, new(CaseEnd.Declined, $"Rule '{decline.Basis.Rule}' declined the refund; the customer was told."));
    }

    /// <summary>A person said no, or nobody said anything in time.</summary>
    public static async Task<CaseOutcome> NotApprovedAsync(IOrchestrationContext context, Proposal proposal, ApprovalOutcome outcome)
    {
        if (outcome.Kind == ConclusionKind.Denied)
        {
            if (outcome.MailGoesOut)
            {
                await SendAsync(context, proposal, "denied");
            }

            return await CloseAsync(context, new(CaseEnd.Denied, $"An approver denied the refund in {proposal.ApprovalId}{(outcome.MailGoesOut ? "; the customer was told" : "")}."));
        }

        string why = $"Nobody decided on {proposal.ApprovalId} before its deadline.";
        await TellPersonAsync(context, why);
        return await CloseAsync(context, new(CaseEnd.Expired, why));
    }

    /// <summary>Tells people that a case needs one of them. A channel that is down does not hold the case up: the console shows it too.</summary>
    public static Task TellPersonAsync(IOrchestrationContext context, string why) => NoticeAsync(
        context,
        new(context.InstanceId, NoticeKind.NeedsPerson, "A case needs a person", why, [], "/cases/" + context.InstanceId, "Open the case"));

    public static async Task NoticeAsync(IOrchestrationContext context, ApprovalNotice notice)
    {
        try
        {
            await context.CallActivityAsync(PostNotice, notice);
        }
        catch (TaskFailedException)
        {
            // On the record already; a reminder, the queue and the console are the other channels.
        }
    }

    public static async Task<CaseOutcome> CloseAsync(IOrchestrationContext context, CaseOutcome outcome)
    {
        await context.CallActivityAsync(CloseCase, new(context.InstanceId));
        context.SetCustomStatus(new CaseStatus(CasePhase.Closed, outcome.Why, null, outcome.Amount, outcome.Charge, outcome.Refund));
        return outcome;
    }

    private static Task SendAsync(IOrchestrationContext context, Proposal proposal, string intent) =>
        context.CallActivityAsync(SendMail, new(proposal.CaseId, intent, proposal.ApprovalId, null, null));
}
