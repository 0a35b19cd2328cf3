using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.Disputes;
using Orchestrator.Sandbox.Stripe.Invoices;
using Orchestrator.Sandbox.Stripe.PaymentIntents;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Refunds;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Books;

/// <summary>What Stripe does by itself once its time has come: refunds settle or fail, disputes arrive, drafts finalize.</summary>
internal static class Transitions
{
    public static void Run(Account account, long now)
    {
        JsonObject[] due = [.. account.All("_due").Where(entry => entry.Amount("at") <= now).OrderBy(entry => entry.Amount("at"))];
        foreach (JsonObject entry in due)
        {
            Work work = account.Begin(now);
            work.Drop(entry);
            if (account.Find(entry.Text("target")!) is { } target)
            {
                Do(work, entry.Text("act")!, target);
            }

            work.Commit();
        }
    }

    private static void Do(Work work, string act, JsonObject target)
    {
        switch (act)
        {
            case "settle_refund" when target.Text("status") == "pending":
                Refunding.Advance(work, target, "succeeded");
                break;
            case "fail_refund" when target.Text("status") is "pending" or "succeeded":
                Refunding.Advance(work, target, "failed", "expired_or_canceled_card");
                break;
            case "make_available":
                Bookkeeping.MakeAvailable(work, target);
                Refunding.PayWaiting(work);
                break;
            case "dispute" or "inquire":
                Disputing.Open(work, target, PaymentMethodObject.CardOf(target).Detail ?? "general", inquiry: act == "inquire");
                break;
            case "warn":
                Warn(work, target);
                break;
            case "expire_charge" when !target.Flag("captured") && !target.Flag("refunded") && !Charging.Released(target):
                Intents.ExpireAuthorization(work, target);
                break;
            case "finalize_invoice" when target.Text("status") == "draft" && target.Flag("auto_advance"):
                Invoicing.Finalize(work, target);
                break;
            default:
                break;
        }
    }

    private static void Warn(Work work, JsonObject charge)
    {
        JsonObject warning = new()
        {
            ["id"] = Ids.New("issfr_"),
            ["object"] = "radar.early_fraud_warning",
            ["actionable"] = !charge.Flag("refunded"),
            ["charge"] = charge.Id(),
            ["created"] = work.Now,
            ["fraud_type"] = "made_with_stolen_card",
            ["livemode"] = false,
            ["payment_intent"] = charge.Text("payment_intent"),
        };
        work.Put(warning);
        work.Emit("radar.early_fraud_warning.created", warning);
    }
}
