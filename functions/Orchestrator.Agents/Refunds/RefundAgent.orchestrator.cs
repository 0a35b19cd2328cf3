using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>One case, from mail to settled refund. Every name in it is a room to walk into: a pure decision, one outside act, or a wait.</summary>
public sealed class RefundAgent : IOrchestrator<CaseStart, CaseOutcome>
{
    public static readonly OrchestratorDefinition<CaseStart, CaseOutcome> Definition = new("RefundAgent");

    /// <summary>A mail arrived in the thread of an open case; the payload is its message id.</summary>
    public const string CustomerReplied = "customer-replied";

    /// <summary>Stripe spoke of this case's refund; the payload is the refund's id.</summary>
    public const string RefundUpdated = "refund-updated";

    public Task<CaseOutcome> RunAsync(IOrchestrationContext context, CaseStart start) => RunAsync(new CaseContext(context), start);

    private static async Task<CaseOutcome> RunAsync(CaseContext context, CaseStart start)
    {
        Reading reading = await MailUnderstanding.ReadAsync(context, start);
        if (reading is not Reading.RefundRequest request)
        {
            return await CaseClosing.HandOverAsync(context, ((Reading.ForAPerson)reading).Why);
        }

        context.SetCustomStatus(new CaseStatus(CasePhase.LookingUp, "Looking up the customer and the payment at Stripe."));
        CustomerHistory history = await context.CallActivityAsync(FetchHistory, start);
        context.Know(history.Customers.Select(customer => customer.Value));
        ChargeSelection selection = ChargeSelection.Choose(request, history, () => context.IsPatched(Patches.UnpaidPaymentsAreFound));
        if (selection.Candidates.Count == 0)
        {
            return await Clarification.AskWhichChargeAsync(context, start, request, history);
        }

        return await RefundRounds.RunAsync(context, request, history, selection);
    }
}
