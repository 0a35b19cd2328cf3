using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentMethods;

/// <summary>What an issuer's refusal looks like: error code, decline code and sentence. <see href="https://docs.stripe.com/declines/codes"/>.</summary>
internal static class Declines
{
    public static (string Code, string? DeclineCode, string Message) Of(TestCard card) => card switch
    {
        { Fate: CardFate.BlockedByRadar } => ("card_declined", "fraudulent", "Your card was declined."),
        { Detail: "insufficient_funds" } => ("card_declined", "insufficient_funds", "Your card has insufficient funds."),
        { Detail: "expired_card" } => ("expired_card", null, "Your card has expired."),
        { Detail: "incorrect_cvc" } => ("incorrect_cvc", null, "Your card's security code is incorrect."),
        { Detail: "processing_error" } => ("processing_error", null, "An error occurred while processing your card. Try again in a little bit."),
        { Detail: "card_velocity_exceeded" } => ("card_declined", "card_velocity_exceeded", "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."),
        _ => ("card_declined", card.Detail ?? "generic_decline", "Your card was declined."),
    };

    public static string? Advice(TestCard card) => card.Detail switch
    {
        "insufficient_funds" or "processing_error" or "generic_decline" => "try_again_later",
        "incorrect_cvc" => "confirm_card_data",
        _ => "do_not_try_again",
    };

    /// <summary>The 402 that a declined card answers; <paramref name="more"/> names the charge or payment intent it left behind.</summary>
    public static StripeRefusal Refusal(TestCard card, JsonObject? more = null)
    {
        var (code, declineCode, message) = Of(card);
        JsonObject fields = more ?? [];
        fields["advice_code"] = Advice(card);
        if (declineCode is not null)
        {
            fields["decline_code"] = declineCode;
        }

        return new StripeRefusal(402, "card_error", message) { Code = code, Param = code is "expired_card" ? "exp_month" : code is "incorrect_cvc" ? "cvc" : null, More = fields };
    }
}
