using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Refunds;

/// <summary>The life of a refund: made, settled, failed, canceled; and what the charge and the balance feel of it.</summary>
internal static class Refunding
{
    public static JsonObject Make(Work work, JsonObject charge, long amount, JsonObject given)
    {
        JsonObject refund = RefundObject.Of(charge, amount, work.Now);
        refund["reason"] = given.Text("reason");
        refund["metadata"] = Metadata.Of(given);
        if (given.Given("instructions_email", out string? email))
        {
            refund["instructions_email"] = email;
        }

        bool captured = charge.Flag("captured");
        CardFate fate = captured ? PaymentMethodObject.CardOf(charge).Fate : CardFate.Pays;
        bool covered = !captured || Bookkeeping.Covers(work.Account, charge.Text("currency")!, amount);
        if (!covered || fate is CardFate.RefundPends)
        {
            refund["status"] = "pending";
            refund["pending_reason"] = covered ? "processing" : "insufficient_funds";
            refund["destination_details"]!["card"]!["reference_status"] = "pending";
        }

        work.Add(refund);
        if (captured && covered)
        {
            refund["balance_transaction"] = Bookkeeping.Refund(work, refund).Id();
        }

        Count(work, charge, amount);
        if (given.Text("reason") == "fraudulent")
        {
            charge["fraud_details"] = new JsonObject { ["user_report"] = "fraudulent" };
        }

        work.Put(refund);
        work.Emit("refund.created", refund);
        work.Emit("charge.refunded", charge);
        PlanWhatFollows(work, refund, covered ? fate : CardFate.Pays);
        Release(work, charge, captured);
        return refund;
    }

    /// <summary>Moves a refund to another status and lets everything that hangs on it follow.</summary>
    public static void Advance(Work work, JsonObject refund, string status, string? failureReason = null)
    {
        JsonObject before = refund.Copy();
        bool undone = status is "failed" or "canceled";
        if (refund.Text("status") is "failed" or "canceled")
        {
            return;
        }

        refund["status"] = status;
        if (status != "pending")
        {
            refund.Remove("pending_reason");
        }

        if (status == "succeeded" && refund.Text("balance_transaction") is null)
        {
            refund["balance_transaction"] = Bookkeeping.Refund(work, refund).Id();
        }

        if (undone)
        {
            Undo(work, refund, failureReason ?? (status == "canceled" ? "merchant_request" : "expired_or_canceled_card"));
        }
        else if (status == "requires_action")
        {
            refund["next_action"] = new JsonObject { ["type"] = "display_details" };
        }

        work.Put(refund);
        work.Emit("refund.updated", refund, before);
        work.Emit("charge.refund.updated", refund, before);
        if (status == "failed")
        {
            work.Emit("refund.failed", refund);
        }
    }

    /// <summary>Pays the refunds that waited for money, oldest first, as far as it goes.</summary>
    public static void PayWaiting(Work work)
    {
        foreach (JsonObject refund in work.Account.All("refund").Where(refund => refund.Text("pending_reason") == "insufficient_funds").ToArray())
        {
            if (Bookkeeping.Covers(work.Account, refund.Text("currency")!, refund.Amount("amount")))
            {
                Advance(work, refund, "succeeded");
            }
        }
    }

    private static void Undo(Work work, JsonObject refund, string reason)
    {
        refund["failure_reason"] = reason;
        refund.Remove("next_action");
        if (refund.Text("balance_transaction") is not null)
        {
            refund["failure_balance_transaction"] = Bookkeeping.Refund(work, refund, returned: true).Id();
        }

        Count(work, work.Account.Find("charge", refund.Text("charge")!)!, -refund.Amount("amount"));
    }

    private static void Count(Work work, JsonObject charge, long amount)
    {
        long refunded = charge.Amount("amount_refunded") + amount;
        charge["amount_refunded"] = refunded;
        charge["refunded"] = refunded == Charging.Paid(charge);
        work.Put(charge);
    }

    private static void PlanWhatFollows(Work work, JsonObject refund, CardFate fate)
    {
        string? act = fate switch { CardFate.RefundPends => "settle_refund", CardFate.RefundFails => "fail_refund", _ => null };
        if (act is not null)
        {
            work.Later(work.Now + Settings.Of(work.Account).Amount("settle_after_seconds"), act, refund.Id());
        }
    }

    // A full refund of what was only authorized gives the authorization back, and ends an inquiry about what was paid.
    private static void Release(Work work, JsonObject charge, bool captured)
    {
        if (!captured && charge.Text("payment_intent") is { } id && work.Account.Find("payment_intent", id) is { } intent && intent.Text("status") == "requires_capture")
        {
            intent["status"] = "canceled";
            intent["canceled_at"] = work.Now;
            intent["amount_capturable"] = 0L;
            work.Put(intent);
            work.Emit("payment_intent.canceled", intent);
        }

        if (captured && charge.Flag("refunded"))
        {
            foreach (JsonObject inquiry in work.Account.All("dispute").Where(dispute =>
                dispute.Text("charge") == charge.Id() && dispute.Text("status") is "warning_needs_response" or "warning_under_review").ToArray())
            {
                Disputes.Disputing.Close(work, inquiry, "warning_closed");
            }
        }
    }
}
