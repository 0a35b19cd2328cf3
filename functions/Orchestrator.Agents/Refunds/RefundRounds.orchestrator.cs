using System.Diagnostics;
using System.Globalization;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>Decide, ask, look again, refund. Whatever changes on the way starts the next round with the difference shown.</summary>
internal static class RefundRounds
{
    /// <summary>Facts that change under every approval are for a person to sort out.</summary>
    private const int MostRounds = 6;

    public static async Task<CaseOutcome> RunAsync(IOrchestrationContext context, Reading.RefundRequest request, CustomerHistory history, ChargeSelection selection)
    {
        string caseId = context.InstanceId;
        var open = new OpenQuestion(selection.Candidates, Amount: null, CarriedFrom: null, Differences: []);
        for (int round = 1; round <= MostRounds; round++)
        {
            context.SetCustomStatus(new CaseStatus(CasePhase.Deciding, "Reading the payment at Stripe and applying the refund policy."));
            IReadOnlyList<ChargeFacts> facts = await context.CallActivityAsync(ReadCharges, new(caseId, open.Charges));
            Assessment assessment = await context.CallActivityAsync(
                ApplyPolicy,
                new(caseId, request, facts, open.Amount, history.EarlierRefunds, history.ActiveSubscriptions, history.EarlierCases, selection.Notices, context.CurrentUtcDateTime));

            switch (assessment.Decision)
            {
                case RefundDecision.HandOver handOver:
                    return await CaseClosing.HandOverAsync(context, handOver.Why);
                case RefundDecision.Decline decline:
                    return await CaseClosing.DeclineAsync(context, decline, assessment, round);
                case RefundDecision.Automatic automatic:
                    var allowed = new RefundIntent(caseId, Intent(round), null, automatic.Basis.Rule, assessment.Options[0].Charge, assessment.Options[0].Refund, request.Reason);
                    return await RefundExecution.RefundAndSettleAsync(context, allowed)
                        ?? await CaseClosing.HandOverAsync(context, $"Stripe refused the refund that rule '{automatic.Basis.Rule}' allowed.");
                case RefundDecision.NeedsApproval approval:
                    Proposal proposal = Propose(caseId, round, approval, assessment, open.Differences);
                    ApprovalOutcome outcome = await ApprovalGate.AskAsync(context, proposal, open.CarriedFrom);
                    if (outcome.Kind != ConclusionKind.Approved)
                    {
                        return await CaseClosing.NotApprovedAsync(context, proposal, outcome);
                    }

                    if (IsNewProposal(proposal, outcome))
                    {
                        open = new([outcome.Charge!.Value], outcome.Amount, proposal.ApprovalId, Change(proposal, outcome));
                        break;
                    }

                    ChargeFacts now = (await context.CallActivityAsync(ReadCharges, new(caseId, [outcome.Charge!.Value])))[0];
                    IReadOnlyList<Difference> differences = facts.Single(one => one.Charge.Id == now.Charge.Id).DifferencesTo(now);
                    if (differences.Count > 0)
                    {
                        open = new([now.Charge.Id], open.Amount, CarriedFrom: null, differences);
                        break;
                    }

                    var intent = new RefundIntent(caseId, Intent(round), proposal.ApprovalId, null, now.Charge.Id, outcome.Amount!.Value, request.Reason);
                    if (await RefundExecution.RefundAndSettleAsync(context, intent) is { } end)
                    {
                        return end;
                    }

                    open = new([now.Charge.Id], open.Amount, CarriedFrom: null, [new("Refund", "approved", "refused by Stripe, facts read anew")]);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return await CaseClosing.HandOverAsync(context, $"The facts changed under {MostRounds} approvals in a row.");
    }

    private static string Intent(int round) => "refund-" + round.ToString(CultureInfo.InvariantCulture);

    private static Proposal Propose(string caseId, int round, RefundDecision.NeedsApproval approval, Assessment assessment, IReadOnlyList<Difference> differences) => new(
        CaseIds.Approval(caseId, round),
        caseId,
        round,
        ProposalKind.Refund,
        assessment.Options,
        approval.Basis,
        approval.Requirement,
        assessment.Facts,
        differences,
        assessment.Notices,
        CustomerMails.Refunded,
        CustomerMails.Denied)
    {
        MailIfPending = CustomerMails.OnItsWay,
    };

    /// <summary>A choice among candidates or a smaller amount: the policy has to see it before it counts.</summary>
    private static bool IsNewProposal(Proposal proposal, ApprovalOutcome outcome) =>
        proposal.Charges.Count > 1 || outcome.Amount != proposal.Charges[0].Refund;

    private static IReadOnlyList<Difference> Change(Proposal proposal, ApprovalOutcome outcome)
    {
        ChargeOption option = proposal.Charges.Single(one => one.Charge == outcome.Charge);
        List<Difference> differences = [];
        if (proposal.Charges.Count > 1)
        {
            differences.Add(new("Charge", "one of " + string.Join(", ", proposal.Charges.Select(one => one.Charge)), option.Charge.Value));
        }

        if (option.Refund != outcome.Amount)
        {
            differences.Add(new("Refund", option.Refund.ToString(), outcome.Amount.ToString()!));
        }

        return differences;
    }

    private sealed record OpenQuestion(IReadOnlyList<ChargeId> Charges, Money? Amount, string? CarriedFrom, IReadOnlyList<Difference> Differences);
}
