using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using static Orchestrator.Agents.Refunds.RefundActivities;

namespace Orchestrator.Agents.Refunds;

/// <summary>
/// What the customer hears about a refund: only what Stripe says by then. Money has moved, so a mail that cannot be sent stops nothing: a person is told instead.
/// </summary>
internal static class CustomerNews
{
    /// <returns>False when the mail could not be sent; people know then.</returns>
    public static async Task<bool> TellAsync(IOrchestrationContext context, RefundIntent intent, RefundRecord refund, bool onItsWay)
    {
        context.SetCustomStatus(new CaseStatus(
            CasePhase.TellingCustomer, $"Telling the customer about the refund of {refund.Amount}.", Amount: refund.Amount, Charge: intent.Charge, Refund: refund.Id));
        string mail = (onItsWay ? "mail-on-its-way-" : "mail-") + intent.Intent;
        try
        {
            await context.CallActivityAsync(SendMail, new(intent.CaseId, mail, intent.ApprovalId, intent.AutomaticRule, refund.Amount) { OnItsWay = onItsWay });
            return true;
        }
        catch (TaskFailedException failed)
        {
            await CaseClosing.TellPersonAsync(context, $"Refund {refund.Id} of {refund.Amount} was made, but the customer was not told: {failed.FailureDetails.ErrorMessage}");
            return false;
        }
    }

    /// <summary>Says to people what holds a refund up, where somebody can do something about it.</summary>
    public static async Task SayWhatHoldsItUpAsync(IOrchestrationContext context, RefundRecord refund, TimeSpan lookedAtFor)
    {
        string? what = refund switch
        {
            { Status: RefundStatus.RequiresAction } => "the customer has to do something at Stripe before it can go through",
            { Status: RefundStatus.Pending, PendingReason: { } reason and not "processing" } => $"Stripe holds it ({reason})",
            _ => null,
        };
        if (what is not null)
        {
            await CaseClosing.TellPersonAsync(
                context,
                $"Refund {refund.Id} of {refund.Amount} is not through: {what}. Look at it in Stripe's dashboard; the case watches it until {context.CurrentUtcDateTime + lookedAtFor:d MMMM yyyy}.");
        }
    }
}
