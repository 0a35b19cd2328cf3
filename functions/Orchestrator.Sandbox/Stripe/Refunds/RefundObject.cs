using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Refunds;

internal static class RefundObject
{
    public static JsonObject Of(JsonObject charge, long amount, long now)
    {
        JsonObject refund = JsonFields.Parse("""
            {
              "id": "", "object": "refund", "amount": 0, "balance_transaction": null, "charge": null, "created": 0, "currency": "",
              "customer": null, "customer_account": null,
              "destination_details": { "card": { "reference": "7901352802291512", "reference_status": "available", "reference_type": "acquirer_reference_number", "type": "refund" }, "type": "card" },
              "metadata": {}, "payment_intent": null, "payment_method": null, "reason": null, "receipt_number": null,
              "source_transfer_reversal": null, "status": "succeeded", "transfer_reversal": null
            }
            """);
        refund["id"] = Ids.New("re_");
        refund["amount"] = amount;
        refund["created"] = now;
        refund["charge"] = charge.Id();
        refund["currency"] = charge.Text("currency");
        refund["customer"] = charge.Text("customer");
        refund["payment_intent"] = charge.Text("payment_intent");
        refund["payment_method"] = charge.Text("payment_method");
        return refund;
    }
}
