using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentIntents;

/// <summary>The life of a payment intent. <see href="https://docs.stripe.com/payments/paymentintents/lifecycle"/>.</summary>
internal static class Intents
{
    /// <summary>Tries to pay. A decline leaves the intent waiting for another payment method and answers 402.</summary>
    public static void Confirm(Work work, JsonObject intent)
    {
        if (intent.Text("payment_method") is not { } id)
        {
            throw StripeRefusal.Invalid(
                "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
                "payment_intent_unexpected_state");
        }

        JsonObject method = PaymentMethodOperations.Resolve(work, id, "payment_method");
        TestCard card = PaymentMethodObject.CardOf(method);
        if (card.Fate is CardFate.NeedsAuthentication)
        {
            AskForAuthentication(work, intent);
            return;
        }

        Pay(work, intent, method, card);
    }

    /// <summary>The customer has passed (or failed) the bank's check.</summary>
    public static void Authenticate(Work work, JsonObject intent, bool passed)
    {
        intent["next_action"] = null;
        JsonObject method = PaymentMethodOperations.Resolve(work, intent.Text("payment_method")!, "payment_method");
        if (passed)
        {
            Pay(work, intent, method, PaymentMethodObject.CardOf(method));
            return;
        }

        Fail(work, intent, method, "payment_intent_authentication_failure", null, "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.", null);
    }

    public static void Capture(Work work, JsonObject intent, long amount)
    {
        Charging.Capture(work, work.Account.Find("charge", intent.Text("latest_charge")!)!, amount);
        Succeed(work, intent, amount);
    }

    public static void Cancel(Work work, JsonObject intent, string? reason)
    {
        if (intent.Text("status") == "requires_capture" && intent.Text("latest_charge") is { } id)
        {
            Charging.Release(work, work.Account.Find("charge", id)!);
        }

        intent["status"] = "canceled";
        intent["canceled_at"] = work.Now;
        intent["cancellation_reason"] = reason;
        intent["amount_capturable"] = 0L;
        intent["next_action"] = null;
        work.Put(intent);
        work.Emit("payment_intent.canceled", intent);
    }

    /// <summary>An authorization that nobody captured in time.</summary>
    public static void ExpireAuthorization(Work work, JsonObject charge)
    {
        if (charge.Text("payment_intent") is { } id && work.Account.Find("payment_intent", id) is { } intent && intent.Text("status") == "requires_capture")
        {
            Cancel(work, intent, "expired");
        }
        else
        {
            Charging.Release(work, charge);
        }

        work.Emit("charge.expired", charge);
    }

    private static void Pay(Work work, JsonObject intent, JsonObject method, TestCard card)
    {
        bool manual = intent.Text("capture_method") == "manual";
        JsonObject charge = Charging.Try(work, new Payment(
            intent.Amount("amount"), intent.Text("currency")!, method, intent.Text("customer"), intent.Id(), Capture: !manual, intent));
        intent["latest_charge"] = charge.Id();
        if (Charging.Refused(charge))
        {
            var (code, declineCode, message) = Declines.Of(card);
            Fail(work, intent, method, code, declineCode, message, charge.Id());
            throw Declines.Refusal(card, new JsonObject
            {
                ["charge"] = charge.Id(),
                ["payment_intent"] = Rendering.Of(intent),
                ["payment_method"] = Rendering.Of(method),
            });
        }

        intent["last_payment_error"] = null;
        if (!manual)
        {
            Succeed(work, intent, intent.Amount("amount"));
            return;
        }

        intent["status"] = "requires_capture";
        intent["amount_capturable"] = intent["amount"]!.DeepClone();
        work.Put(intent);
        work.Emit("payment_intent.amount_capturable_updated", intent);
    }

    private static void Succeed(Work work, JsonObject intent, long amount)
    {
        intent["status"] = "succeeded";
        intent["amount_received"] = amount;
        intent["amount_capturable"] = 0L;
        work.Put(intent);
        if (intent.Text("setup_future_usage") is not null && intent.Text("customer") is { } customer)
        {
            PaymentMethodOperations.AttachTo(work, work.Account.Find(intent.Text("payment_method")!)!, customer);
        }

        work.Emit("payment_intent.succeeded", intent);
    }

    private static void Fail(Work work, JsonObject intent, JsonObject method, string code, string? declineCode, string message, string? charge)
    {
        JsonObject error = new()
        {
            ["code"] = code,
            ["doc_url"] = $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}",
            ["message"] = message,
            ["payment_method"] = Rendering.Of(method),
            ["type"] = "card_error",
        };
        if (charge is not null)
        {
            error["charge"] = charge;
        }

        if (declineCode is not null)
        {
            error["decline_code"] = declineCode;
        }

        intent["status"] = "requires_payment_method";
        intent["payment_method"] = null;
        intent["last_payment_error"] = error;
        work.Put(intent);
        work.Emit("payment_intent.payment_failed", intent);
    }

    private static void AskForAuthentication(Work work, JsonObject intent)
    {
        intent["status"] = "requires_action";
        intent["next_action"] = new JsonObject
        {
            ["type"] = "use_stripe_sdk",
            ["use_stripe_sdk"] = new JsonObject { ["type"] = "three_d_secure_redirect", ["source"] = $"src_1{Ids.Random(23)}" },
        };
        work.Put(intent);
        work.Emit("payment_intent.requires_action", intent);
    }
}
