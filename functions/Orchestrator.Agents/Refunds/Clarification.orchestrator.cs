using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>No payment fits: the customer is asked once, and the case ends when no answer comes.</summary>
internal static class Clarification
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(14);

    /// <summary>Rounds of refund approvals count from 1; the question has a round of its own.</summary>
    private const int QuestionRound = 0;

    public static async Task<CaseOutcome> AskWhichChargeAsync(CaseContext context, CaseStart start, Reading.RefundRequest request, CustomerHistory history)
    {
        ApprovalOutcome outcome = await ApprovalGate.AskAsync(context, await ProposeAsync(context, start, request, history), carriedFrom: null);
        if (outcome.Kind != ConclusionKind.Approved)
        {
            return await CaseClosing.HandOverAsync(context, "No payment fits the request, and the question to the customer was not approved.");
        }

        await context.CallActivityAsync(SendMail, new(start.CaseId, "ask-for-charge", CaseIds.Approval(start.CaseId, QuestionRound), null, null));
        context.SetCustomStatus(new CaseStatus(CasePhase.AwaitingCustomer, "Waiting for the customer to say which payment is meant.", context.CurrentUtcDateTime + AnswerWithin));
        try
        {
            await context.WaitForExternalEvent<string>(RefundAgent.CustomerReplied, AnswerWithin);
        }
        catch (TaskCanceledException)
        {
            return await CaseClosing.CloseAsync(context, new(CaseEnd.NoAnswer, $"The customer did not say within {AnswerWithin.TotalDays} days which payment is meant."));
        }

        if (await MailUnderstanding.ReadAsync(context, start) is not Reading.RefundRequest answered)
        {
            return await CaseClosing.HandOverAsync(context, "The customer's answer is not clear enough to go on.");
        }

        CustomerHistory now = await context.CallActivityAsync(FetchHistory, start);
        context.Know(now.Customers.Select(customer => customer.Value));
        ChargeSelection selection = ChargeSelection.Choose(answered, now, () => context.IsPatched(Patches.UnpaidPaymentsAreFound));
        return selection.Candidates.Count == 0
            ? await CaseClosing.HandOverAsync(context, "No payment fits the request, also after the customer's answer.")
            : await RefundRounds.RunAsync(context, answered, now, selection);
    }

    private static async Task<Proposal> ProposeAsync(IOrchestrationContext context, CaseStart start, Reading.RefundRequest request, CustomerHistory history)
    {
        Assessment assessment = await context.CallActivityAsync(
            ApplyPolicy,
            new(start.CaseId, request, [], null, history.EarlierRefunds, history.ActiveSubscriptions, history.EarlierCases, [], context.CurrentUtcDateTime));
        return new(
            CaseIds.Approval(start.CaseId, QuestionRound),
            start.CaseId,
            QuestionRound,
            ProposalKind.AskForCharge,
            [],
            assessment.Decision.Basis,
            assessment.Replies,
            assessment.Facts,
            [],
            assessment.Notices,
            CustomerMails.AskForCharge,
            null);
    }
}
