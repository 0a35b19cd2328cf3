using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentIntents;

internal static class IntentObject
{
    public static JsonObject Of(long amount, string currency, long now)
    {
        JsonObject intent = JsonFields.Parse("""
            {
              "id": "", "object": "payment_intent", "allowed_payment_method_types": null, "amount": 0, "amount_capturable": 0,
              "amount_details": { "tip": {} }, "amount_received": 0, "application": null, "application_fee_amount": null,
              "automatic_payment_methods": null, "canceled_at": null, "cancellation_reason": null, "capture_method": "automatic_async",
              "client_secret": "", "confirmation_method": "automatic", "created": 0, "currency": "", "customer": null, "customer_account": null,
              "description": null, "excluded_payment_method_types": null, "last_payment_error": null, "latest_charge": null, "livemode": false,
              "managed_payments": null, "metadata": {}, "next_action": null, "on_behalf_of": null, "payment_method": null,
              "payment_method_configuration_details": null, "payment_method_options": { "card": { "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic" } },
              "payment_method_types": ["card"], "payment_record": null, "processing": null, "receipt_email": null, "review": null,
              "setup_future_usage": null, "shipping": null, "source": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
              "status": "requires_payment_method", "transfer_data": null, "transfer_group": null
            }
            """);
        string id = Ids.New("pi_");
        intent["id"] = id;
        intent["amount"] = amount;
        intent["currency"] = currency;
        intent["created"] = now;
        intent["client_secret"] = $"{id}_secret_{Ids.Random(25)}";
        return intent;
    }
}
