using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Charges;

/// <summary>Tries payments and captures them.</summary>
internal static class Charging
{
    private const long AuthorizationSeconds = 7 * 24 * 60 * 60;

    /// <summary>The charge that came of it; <see cref="Refused"/> says whether it failed.</summary>
    public static JsonObject Try(Work work, Payment payment)
    {
        TestCard card = PaymentMethodObject.CardOf(payment.Method);
        JsonObject charge = ChargeObject.Of(payment, card, work.Now);
        if (card.Fate is CardFate.Declines or CardFate.BlockedByRadar)
        {
            ChargeObject.Fail(charge, card);
            work.Add(charge);
            work.Emit("charge.failed", charge);
            return charge;
        }

        charge["receipt_url"] = $"https://pay.stripe.com/receipts/payment/{charge.Id()}";
        work.Add(charge);
        if (payment.Capture)
        {
            Settle(work, charge, payment.Amount, card);
        }
        else
        {
            charge["payment_method_details"]!["card"]!["capture_before"] = work.Now + AuthorizationSeconds;
            work.Later(work.Now + AuthorizationSeconds, "expire_charge", charge.Id());
        }

        work.Emit("charge.succeeded", charge);
        ForeseeTrouble(work, charge, card);
        return charge;
    }

    public static bool Refused(JsonObject charge) => charge.Text("status") == "failed";

    /// <summary>What was paid: of an authorization the captured part, or all of it while none is.</summary>
    public static long Paid(JsonObject charge) => charge.Flag("captured") ? charge.Amount("amount_captured") : charge.Amount("amount");

    /// <summary>
    /// Gives back what was authorized and will not be captured. Since 2025-03-31 no refund comes of it, and <c>amount_refunded</c> stays as it is
    /// (docs.stripe.com/changelog/basil/2025-03-31/remove-refund-from-partial-capture-and-payment-cancellation-flow).
    /// </summary>
    public static void Release(Work work, JsonObject charge)
    {
        charge["_released"] = true;
        work.Put(charge);
    }

    public static bool Released(JsonObject charge) => charge.Flag("_released");

    /// <summary>Takes an authorized amount, or less of it; what is left goes back to the card by itself.</summary>
    public static void Capture(Work work, JsonObject charge, long amount)
    {
        JsonObject before = charge.Copy();
        Settle(work, charge, amount, PaymentMethodObject.CardOf(charge));
        work.Emit("charge.captured", charge, before);
    }

    private static void Settle(Work work, JsonObject charge, long amount, TestCard card)
    {
        charge["captured"] = true;
        charge["amount_captured"] = amount;
        charge["balance_transaction"] = Bookkeeping.Earn(work, charge, amount, atOnce: card.Fate is CardFate.PaysAtOnce).Id();
        work.Put(charge);
    }

    // Disputes and warnings come by themselves, just after the charge.
    private static void ForeseeTrouble(Work work, JsonObject charge, TestCard card)
    {
        string? act = card.Fate switch
        {
            CardFate.Disputed => "dispute",
            CardFate.Inquired => "inquire",
            CardFate.FraudWarned => "warn",
            _ => null,
        };
        if (act is not null)
        {
            work.Later(work.Now, act, charge.Id());
        }
    }
}
