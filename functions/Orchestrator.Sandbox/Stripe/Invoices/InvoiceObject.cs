using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Invoices;

/// <summary>The shape of an invoice of API 2026-10-28: its payments are a list, it no longer has <c>paid</c> or <c>charge</c>.</summary>
internal static class InvoiceObject
{
    public static JsonObject Of(JsonObject customer, string currency, long now)
    {
        JsonObject invoice = JsonFields.Parse("""
            {
              "id": "", "object": "invoice", "account_country": "US", "account_name": "Sandbox", "account_tax_ids": null, "amount_due": 0,
              "amount_overpaid": 0, "amount_paid": 0, "amount_remaining": 0, "amount_shipping": 0, "application": null, "attempt_count": 0,
              "attempted": false, "auto_advance": false,
              "automatic_tax": { "disabled_reason": null, "enabled": false, "liability": null, "provider": null, "status": null },
              "automatically_finalizes_at": null, "billing_reason": "manual", "collection_method": "charge_automatically", "created": 0,
              "currency": "", "custom_fields": null, "customer": "", "customer_account": null, "customer_address": null, "customer_email": null,
              "customer_name": null, "customer_phone": null, "customer_shipping": null, "customer_tax_exempt": "none", "customer_tax_ids": [],
              "default_payment_method": null, "default_source": null, "default_tax_rates": [], "description": null, "discounts": [],
              "due_date": null, "effective_at": null, "ending_balance": null, "footer": null, "from_invoice": null, "hosted_invoice_url": null,
              "invoice_pdf": null, "issuer": { "type": "self" }, "last_finalization_error": null, "latest_revision": null, "lines": null,
              "livemode": false, "metadata": {}, "next_payment_attempt": null, "number": null, "on_behalf_of": null, "parent": null,
              "payment_settings": { "default_mandate": null, "payment_method_options": null, "payment_method_types": null },
              "period_end": 0, "period_start": 0, "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0,
              "receipt_number": null, "rendering": null, "shipping_cost": null, "shipping_details": null, "starting_balance": 0,
              "statement_descriptor": null, "status": "draft",
              "status_transitions": { "finalized_at": null, "marked_uncollectible_at": null, "paid_at": null, "voided_at": null },
              "subtotal": 0, "subtotal_excluding_tax": 0, "test_clock": null, "total": 0, "total_discount_amounts": [],
              "total_excluding_tax": 0, "total_pretax_credit_amounts": [], "total_taxes": [], "webhooks_delivered_at": null
            }
            """);
        invoice["id"] = Ids.New("in_");
        invoice["created"] = now;
        invoice["period_start"] = now;
        invoice["period_end"] = now;
        invoice["currency"] = currency;
        invoice["customer"] = customer.Id();
        invoice["customer_email"] = customer.Text("email");
        invoice["customer_name"] = customer.Text("name");
        invoice["customer_phone"] = customer.Text("phone");
        invoice["customer_address"] = customer["address"]?.DeepClone();
        invoice["customer_shipping"] = customer["shipping"]?.DeepClone();
        invoice["lines"] = Sublists.List($"/v1/invoices/{invoice.Id()}/lines", []);
        return invoice;
    }

    public static JsonObject Line(JsonObject item, string invoice) => new()
    {
        ["id"] = Ids.New("il_"),
        ["object"] = "line_item",
        ["amount"] = item.Amount("amount"),
        ["currency"] = item.Text("currency"),
        ["description"] = item.Text("description"),
        ["discount_amounts"] = new JsonArray(),
        ["discountable"] = item.Flag("discountable"),
        ["discounts"] = new JsonArray(),
        ["invoice"] = invoice,
        ["livemode"] = false,
        ["metadata"] = item["metadata"]?.DeepClone() ?? new JsonObject(),
        ["parent"] = new JsonObject
        {
            ["invoice_item_details"] = new JsonObject
            {
                ["invoice_item"] = item.Id(),
                ["proration"] = item.Flag("proration"),
                ["proration_details"] = null,
                ["subscription"] = null,
            },
            ["subscription_item_details"] = null,
            ["type"] = "invoice_item_details",
        },
        ["period"] = item["period"]!.DeepClone(),
        ["pretax_credit_amounts"] = new JsonArray(),
        ["pricing"] = item["pricing"]?.DeepClone(),
        ["quantity"] = item.Amount("quantity"),
        ["quantity_decimal"] = item.Amount("quantity").ToString(CultureInfo.InvariantCulture),
        ["subscription"] = null,
        ["subtotal"] = item.Amount("amount"),
        ["taxes"] = new JsonArray(),
    };

    public static JsonObject SubscriptionLine(JsonObject item, JsonObject subscription, string invoice, long amount)
    {
        JsonObject price = item.Part("price")!;
        return new JsonObject
        {
            ["id"] = Ids.New("il_"),
            ["object"] = "line_item",
            ["amount"] = amount,
            ["currency"] = price.Text("currency"),
            ["description"] = $"{item.Amount("quantity")} × {price.Text("nickname") ?? price.Text("product")}",
            ["discount_amounts"] = new JsonArray(),
            ["discountable"] = true,
            ["discounts"] = new JsonArray(),
            ["invoice"] = invoice,
            ["livemode"] = false,
            ["metadata"] = subscription["metadata"]!.DeepClone(),
            ["parent"] = new JsonObject
            {
                ["invoice_item_details"] = null,
                ["subscription_item_details"] = new JsonObject
                {
                    ["invoice_item"] = null,
                    ["proration"] = false,
                    ["proration_details"] = new JsonObject { ["credited_items"] = null },
                    ["subscription"] = subscription.Id(),
                    ["subscription_item"] = item.Id(),
                },
                ["type"] = "subscription_item_details",
            },
            ["period"] = new JsonObject { ["start"] = item.Amount("current_period_start"), ["end"] = item.Amount("current_period_end") },
            ["pretax_credit_amounts"] = new JsonArray(),
            ["pricing"] = Pricing(price),
            ["quantity"] = item.Amount("quantity"),
            ["quantity_decimal"] = item.Amount("quantity").ToString(CultureInfo.InvariantCulture),
            ["subscription"] = subscription.Id(),
            ["subtotal"] = amount,
            ["taxes"] = new JsonArray(),
        };
    }

    public static JsonObject Pricing(JsonObject price) => new()
    {
        ["price_details"] = new JsonObject { ["price"] = price.Id(), ["product"] = price.Text("product") },
        ["type"] = "price_details",
        ["unit_amount_decimal"] = price.Text("unit_amount_decimal"),
    };
}
