using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Charges;

/// <summary>The shape of a charge of API 2026-10-28: it no longer says which invoice it paid.</summary>
internal static class ChargeObject
{
    public static JsonObject Of(Payment payment, TestCard card, long now)
    {
        JsonObject charge = JsonFields.Parse("""
            {
              "id": "", "object": "charge", "amount": 0, "amount_captured": 0, "amount_refunded": 0, "application": null,
              "application_fee": null, "application_fee_amount": null, "balance_transaction": null, "billing_details": null,
              "calculated_statement_descriptor": "SANDBOX", "captured": false, "created": 0, "currency": "", "customer": null,
              "description": null, "disputed": false, "failure_balance_transaction": null, "failure_code": null, "failure_message": null,
              "fraud_details": {}, "livemode": false, "metadata": {}, "on_behalf_of": null,
              "outcome": {
                "advice_code": null, "network_advice_code": null, "network_decline_code": null, "network_status": "approved_by_network",
                "reason": null, "risk_level": "normal", "risk_score": 12, "seller_message": "Payment complete.", "type": "authorized"
              },
              "paid": true, "payment_intent": null, "payment_method": null, "payment_method_details": { "card": {}, "type": "card" },
              "radar_options": {}, "receipt_email": null, "receipt_number": null, "receipt_url": null, "refunded": false, "review": null,
              "shipping": null, "source": null, "source_transfer": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
              "status": "succeeded", "transfer_data": null, "transfer_group": null
            }
            """);
        charge["id"] = Ids.New("ch_");
        charge["created"] = now;
        charge["amount"] = payment.Amount;
        charge["currency"] = payment.Currency;
        charge["customer"] = payment.Customer;
        charge["payment_intent"] = payment.Intent;
        charge["payment_method"] = payment.Method.Id();
        charge["billing_details"] = Billing(payment.Method);
        charge["source"] = payment.Method.Text("object") == "card" ? Rendering.Of(payment.Method) : null;
        charge["payment_method_details"]!["card"] = CardDetails(payment.Amount, card, now);
        charge["_card"] = card.Number;
        charge.Take(
            payment.Given, "description", "receipt_email", "shipping", "statement_descriptor", "statement_descriptor_suffix", "transfer_group",
            "application_fee_amount", "on_behalf_of");
        Addresses.Complete(charge);
        charge["metadata"] = payment.Given.Part("metadata")?.DeepClone() ?? new JsonObject();
        if (card.Detail is "elevated")
        {
            charge["outcome"]!["risk_level"] = "elevated";
            charge["outcome"]!["risk_score"] = 66L;
        }

        return charge;
    }

    /// <summary>Turns the charge into one that failed, and says how.</summary>
    public static void Fail(JsonObject charge, TestCard card)
    {
        var (code, declineCode, message) = Declines.Of(card);
        bool blocked = card.Fate is CardFate.BlockedByRadar;
        charge["paid"] = false;
        charge["status"] = "failed";
        charge["captured"] = false;
        charge["failure_code"] = code;
        charge["failure_message"] = message;
        JsonObject outcome = charge.Part("outcome")!;
        outcome["advice_code"] = Declines.Advice(card);
        outcome["network_status"] = blocked ? "not_sent_to_network" : "declined_by_network";
        outcome["network_decline_code"] = blocked ? null : "05";
        outcome["reason"] = blocked ? "highest_risk_level" : declineCode ?? code;
        outcome["risk_level"] = blocked ? "highest" : "normal";
        outcome["risk_score"] = blocked ? 92L : 12L;
        outcome["seller_message"] = blocked ? "Stripe blocked this payment as too risky." : "The bank did not return any further details with this decline.";
        outcome["type"] = blocked ? "blocked" : "issuer_declined";
    }

    private static JsonNode Billing(JsonObject method) => method["billing_details"]?.DeepClone() ?? JsonFields.Parse("""
        {
          "address": { "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null },
          "email": null, "name": null, "phone": null, "tax_id": null
        }
        """);

    private static JsonObject CardDetails(long amount, TestCard card, long now)
    {
        JsonObject details = JsonFields.Parse("""
            {
              "amount_authorized": 0, "authorization_code": "123456", "brand": "",
              "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
              "country": "", "electronic_commerce_indicator": null, "exp_month": 12, "exp_year": 2030,
              "extended_authorization": { "status": "disabled" }, "fingerprint": "", "funding": "",
              "incremental_authorization": { "status": "unavailable" }, "installments": null, "last4": "", "mandate": null,
              "multicapture": { "status": "unavailable" }, "network": "", "network_token": { "used": false },
              "network_transaction_id": "000000000000000", "overcapture": { "maximum_amount_capturable": 0, "status": "unavailable" },
              "regulated_status": "unregulated", "three_d_secure": null, "transaction_link_id": null, "wallet": null
            }
            """);
        details["amount_authorized"] = amount;
        details["overcapture"]!["maximum_amount_capturable"] = amount;
        details["brand"] = card.Brand;
        details["network"] = card.Brand;
        details["country"] = card.Country;
        details["exp_year"] = PaymentMethodObject.Year(now);
        details["fingerprint"] = card.Fingerprint;
        details["funding"] = card.Funding;
        details["last4"] = card.Last4;
        return details;
    }
}
