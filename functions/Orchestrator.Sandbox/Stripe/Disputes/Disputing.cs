using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Charges;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Disputes;

/// <summary>The life of a dispute. An inquiry (<c>warning_*</c>) takes no money and leaves the charge refundable.</summary>
internal static class Disputing
{
    private const long DaysToAnswer = 7;

    public static JsonObject Open(Work work, JsonObject charge, string reason, bool inquiry)
    {
        JsonObject dispute = Template();
        dispute["id"] = Ids.New("du_");
        dispute["amount"] = Charging.Paid(charge) - charge.Amount("amount_refunded");
        dispute["charge"] = charge.Id();
        dispute["created"] = work.Now;
        dispute["currency"] = charge.Text("currency");
        dispute["payment_intent"] = charge.Text("payment_intent");
        dispute["reason"] = reason;
        dispute["status"] = inquiry ? "warning_needs_response" : "needs_response";
        dispute["is_charge_refundable"] = inquiry;
        dispute["evidence_details"]!["due_by"] = work.Now + (DaysToAnswer * 24 * 60 * 60);
        JsonObject card = dispute["payment_method_details"]!["card"]!.AsObject();
        card["brand"] = charge["payment_method_details"]?["card"]?["brand"]?.DeepClone();
        card["network"] = card["brand"]?.DeepClone();
        card["case_type"] = inquiry ? "inquiry" : "chargeback";
        charge["disputed"] = true;
        work.Put(charge);
        work.Put(dispute);
        if (!inquiry)
        {
            dispute.Items("balance_transactions")!.Add(Rendering.Of(Bookkeeping.Dispute(work, dispute, reinstated: false)));
        }

        work.Emit("charge.dispute.created", dispute);
        if (!inquiry)
        {
            work.Emit("charge.dispute.funds_withdrawn", dispute);
        }

        return dispute;
    }

    /// <summary>Ends a dispute as <c>won</c>, <c>lost</c>, <c>warning_closed</c> or <c>prevented</c>.</summary>
    public static void Close(Work work, JsonObject dispute, string status)
    {
        JsonObject before = dispute.Copy();
        dispute["status"] = status;
        dispute["is_charge_refundable"] = status is "won" or "warning_closed";
        if (status == "won")
        {
            dispute.Items("balance_transactions")!.Add(Rendering.Of(Bookkeeping.Dispute(work, dispute, reinstated: true)));
        }

        work.Put(dispute);
        work.Emit("charge.dispute.closed", dispute, before);
        if (status == "won")
        {
            work.Emit("charge.dispute.funds_reinstated", dispute);
        }
    }

    private static JsonObject Template() => JsonFields.Parse("""
        {
          "id": "", "object": "dispute", "amount": 0, "balance_transactions": [], "charge": "", "created": 0, "currency": "",
          "enhanced_eligibility_types": [],
          "evidence": {
            "access_activity_log": null, "billing_address": null, "cancellation_policy": null, "cancellation_policy_disclosure": null,
            "cancellation_rebuttal": null, "customer_communication": null, "customer_email_address": null, "customer_name": null,
            "customer_purchase_ip": null, "customer_signature": null, "duplicate_charge_documentation": null,
            "duplicate_charge_explanation": null, "duplicate_charge_id": null, "enhanced_evidence": {}, "product_description": null,
            "receipt": null, "refund_policy": null, "refund_policy_disclosure": null, "refund_refusal_explanation": null, "service_date": null,
            "service_documentation": null, "shipping_address": null, "shipping_carrier": null, "shipping_date": null,
            "shipping_documentation": null, "shipping_tracking_number": null, "uncategorized_file": null, "uncategorized_text": null
          },
          "evidence_details": {
            "due_by": null, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false, "submission_count": 0,
            "submission_method": "not_submitted"
          },
          "intended_submission_method": null, "is_charge_refundable": false, "livemode": false, "metadata": {}, "network_reason_code": "10.4",
          "payment_intent": null,
          "payment_method_details": { "card": { "brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4" }, "type": "card" },
          "reason": "fraudulent", "status": "needs_response"
        }
        """);
}
