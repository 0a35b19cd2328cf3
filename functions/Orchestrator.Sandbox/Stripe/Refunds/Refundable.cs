using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Refunds;

/// <summary>Which charge a refund means and how much of it may go back, with Stripe's sentence for each refusal.</summary>
internal static class Refundable
{
    public static JsonObject Charge(Call call)
    {
        bool byCharge = call.Params.ContainsKey("charge");
        bool byIntent = call.Params.ContainsKey("payment_intent");
        if (byCharge && byIntent)
        {
            throw StripeRefusal.Validation("You may only specify one of these parameters: charge, payment_intent.");
        }

        if (!byCharge && !byIntent)
        {
            throw StripeRefusal.Validation("One of the following params should be provided for this request: payment_intent or charge.");
        }

        string param = byCharge ? "charge" : "payment_intent";
        string id = call.Params.Text(param) ?? throw StripeRefusal.Empty(param);
        return byCharge
            ? call.Work.Account.Find("charge", id) ?? throw StripeRefusal.Missing("charge", id, "charge")
            : OfIntent(call.Work.Account, id);
    }

    public static long Amount(Account account, JsonObject charge, long? asked)
    {
        string id = charge.Id();
        if (charge.Text("status") == "failed")
        {
            throw StripeRefusal.Invalid($"Charge {id} failed; there is nothing to refund.", "charge_not_refundable");
        }

        if (Charging.Released(charge))
        {
            throw StripeRefusal.Invalid($"Charge {id} was never captured and its authorization is over; there is nothing to refund.", "charge_not_refundable");
        }

        if (account.All("dispute").Any(dispute => dispute.Text("charge") == id && !dispute.Flag("is_charge_refundable")))
        {
            throw StripeRefusal.Invalid($"Charge {id} has been charged back; cannot issue a refund.", "charge_disputed");
        }

        long left = Charging.Paid(charge) - charge.Amount("amount_refunded");
        if (charge.Flag("refunded") || left == 0)
        {
            throw StripeRefusal.Invalid($"Charge {id} has already been refunded.", "charge_already_refunded");
        }

        string currency = charge.Text("currency")!;
        long amount = asked ?? left;
        Currency.Granular(amount, currency);
        if (amount > left)
        {
            string bound = charge.Amount("amount_refunded") == 0 ? "charge amount" : "unrefunded amount on charge";
            throw StripeRefusal.Invalid(
                $"Refund amount ({Currency.Format(amount, currency)}) is greater than {bound} ({Currency.Format(left, currency)})", param: "amount");
        }

        return charge.Flag("captured") || amount == left
            ? amount
            : throw StripeRefusal.Invalid(
                $"Charge {id} has not been captured, so it cannot be partially refunded. Capture it for less than the authorized amount instead; a full refund releases it.", param: "amount");
    }

    private static JsonObject OfIntent(Account account, string id)
    {
        JsonObject intent = account.Find("payment_intent", id) ?? throw StripeRefusal.Missing("payment_intent", id, "payment_intent");
        return intent.Text("latest_charge") is { } latest && account.Find("charge", latest) is { } charge && charge.Text("status") == "succeeded"
            ? charge
            : throw StripeRefusal.Invalid($"This PaymentIntent ({id}) does not have a successful charge to refund.", "payment_intent_unexpected_state", "payment_intent");
    }
}
