using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Subscriptions;

/// <summary>The shape of a subscription of API 2026-10-28: the billing period stands on its items.</summary>
internal static class SubscriptionObject
{
    public static JsonObject Of(JsonObject customer, string currency, long now)
    {
        JsonObject subscription = JsonFields.Parse("""
            {
              "id": "", "object": "subscription", "application": null, "application_fee_percent": null,
              "automatic_tax": { "disabled_reason": null, "enabled": false, "liability": null }, "billing_cycle_anchor": 0,
              "billing_cycle_anchor_config": null, "billing_mode": { "flexible": null, "type": "classic" }, "billing_schedules": [],
              "billing_thresholds": null, "cancel_at": null, "cancel_at_period_end": false, "canceled_at": null,
              "cancellation_details": { "comment": null, "feedback": null, "feedback_option": null, "reason": null },
              "collection_method": "charge_automatically", "created": 0, "currency": "", "customer": "", "customer_account": null,
              "days_until_due": null, "default_payment_method": null, "default_source": null, "default_tax_rates": [], "description": null,
              "discounts": [], "ended_at": null,
              "invoice_settings": { "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null, "issuer": { "type": "self" } },
              "items": null, "latest_invoice": null, "livemode": false, "managed_payments": null, "metadata": {},
              "next_pending_invoice_item_invoice": null, "on_behalf_of": null, "pause_collection": null,
              "payment_settings": { "payment_method_options": null, "payment_method_types": null, "save_default_payment_method": "off" },
              "pending_invoice_item_interval": null, "pending_setup_intent": null, "pending_update": null, "schedule": null, "start_date": 0,
              "status": "active", "test_clock": null, "transfer_data": null, "trial_end": null,
              "trial_settings": { "end_behavior": { "billing_cycle_anchor": null, "missing_payment_method": "create_invoice" } }, "trial_start": null
            }
            """);
        string id = Ids.New("sub_");
        subscription["id"] = id;
        subscription["created"] = now;
        subscription["start_date"] = now;
        subscription["billing_cycle_anchor"] = now;
        subscription["currency"] = currency;
        subscription["customer"] = customer.Id();
        subscription["items"] = new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray(),
            ["has_more"] = false,
            ["total_count"] = 0L,
            ["url"] = $"/v1/subscription_items?subscription={id}",
        };
        return subscription;
    }

    public static JsonObject Item(JsonObject subscription, JsonObject price, long? quantity, long start, long end) => new()
    {
        ["id"] = Ids.New("si_"),
        ["object"] = "subscription_item",
        ["billing_thresholds"] = null,
        ["created"] = start,
        ["current_period_end"] = end,
        ["current_period_start"] = start,
        ["current_trial"] = null,
        ["discounts"] = new JsonArray(),
        ["metadata"] = new JsonObject(),
        ["plan"] = Plan(price),
        ["price"] = Rendering.Of(price),
        ["quantity"] = quantity ?? 1,
        ["subscription"] = subscription.Id(),
        ["tax_rates"] = new JsonArray(),
    };

    public static IEnumerable<JsonObject> Items(JsonObject subscription) => List(subscription).Select(item => item!.AsObject());

    public static JsonArray List(JsonObject subscription) => subscription.Part("items")!.Items("data")!;

    public static void Reprice(JsonObject item, JsonObject price)
    {
        item["price"] = Rendering.Of(price);
        item["plan"] = Plan(price);
    }

    public static long Amount(JsonObject item) => item.Part("price")!.Amount("unit_amount") * item.Amount("quantity");

    public static JsonObject InvoiceParent(JsonObject subscription) => new()
    {
        ["quote_details"] = null,
        ["subscription_details"] = new JsonObject { ["metadata"] = subscription["metadata"]!.DeepClone(), ["subscription"] = subscription.Id() },
        ["type"] = "subscription_details",
    };

    public static long PeriodEnd(long start, JsonObject price)
    {
        DateTimeOffset from = DateTimeOffset.FromUnixTimeSeconds(start);
        JsonObject recurring = price.Part("recurring") ?? throw StripeRefusal.Invalid(
            $"The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.", param: "items[0][price]");
        int count = (int)recurring.Amount("interval_count");
        return (recurring.Text("interval") switch
        {
            "day" => from.AddDays(count),
            "week" => from.AddDays(7 * count),
            "year" => from.AddYears(count),
            _ => from.AddMonths(count),
        }).ToUnixTimeSeconds();
    }

    private static JsonObject Plan(JsonObject price)
    {
        JsonObject recurring = price.Part("recurring")!;
        return new JsonObject
        {
            ["id"] = price.Id(),
            ["object"] = "plan",
            ["active"] = price.Flag("active"),
            ["amount"] = price["unit_amount"]?.DeepClone(),
            ["amount_decimal"] = price.Text("unit_amount_decimal"),
            ["billing_scheme"] = price.Text("billing_scheme"),
            ["created"] = price.Amount("created"),
            ["currency"] = price.Text("currency"),
            ["interval"] = recurring.Text("interval"),
            ["interval_count"] = recurring.Amount("interval_count"),
            ["livemode"] = false,
            ["metadata"] = price["metadata"]!.DeepClone(),
            ["meter"] = null,
            ["nickname"] = price.Text("nickname"),
            ["product"] = price.Text("product"),
            ["tiers_mode"] = null,
            ["transform_usage"] = null,
            ["trial_period_days"] = null,
            ["usage_type"] = recurring.Text("usage_type"),
        };
    }
}
