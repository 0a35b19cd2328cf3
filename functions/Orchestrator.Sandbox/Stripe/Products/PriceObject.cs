using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Products;

internal static class PriceObject
{
    /// <summary>Makes and keeps a price from create parameters or from a <c>price_data</c>.</summary>
    public static JsonObject Of(Work work, JsonObject given)
    {
        JsonObject price = JsonFields.Parse("""
            {
              "id": "", "object": "price", "active": true, "billing_scheme": "per_unit", "created": 0, "currency": "", "custom_unit_amount": null,
              "livemode": false, "lookup_key": null, "metadata": {}, "nickname": null, "product": "", "recurring": null,
              "tax_behavior": "unspecified", "tiers_mode": null, "transform_quantity": null, "type": "one_time", "unit_amount": null,
              "unit_amount_decimal": null
            }
            """);
        price["id"] = Ids.New("price_");
        price["created"] = work.Now;
        price["currency"] = Currency.Known(given.Text("currency")!);
        price.Take(
            given, "active", "billing_scheme", "custom_unit_amount", "lookup_key", "nickname", "product", "tax_behavior", "tiers_mode",
            "transform_quantity", "unit_amount");
        Metadata.Merge(price, given);
        Amount(price, given);
        if (given.Part("recurring") is { } recurring)
        {
            price["type"] = "recurring";
            price["recurring"] = new JsonObject
            {
                ["interval"] = recurring.Text("interval"),
                ["interval_count"] = recurring.Whole("interval_count") ?? 1,
                ["meter"] = recurring.Text("meter"),
                ["trial_period_days"] = recurring.Whole("trial_period_days"),
                ["usage_type"] = recurring.Text("usage_type") ?? "licensed",
            };
        }

        work.Add(price);
        work.Emit("price.created", price);
        return price;
    }

    private static void Amount(JsonObject price, JsonObject given)
    {
        if (given.Whole("unit_amount") is { } amount)
        {
            price["unit_amount_decimal"] = amount.ToString(CultureInfo.InvariantCulture);
        }
        else if (given.Text("unit_amount_decimal") is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal exact))
        {
            price["unit_amount_decimal"] = text;
            price["unit_amount"] = exact == decimal.Truncate(exact) ? (long)exact : null;
        }
        else if (!given.ContainsKey("custom_unit_amount") && !given.ContainsKey("tiers"))
        {
            throw StripeRefusal.Validation("You must specify either `unit_amount`, `unit_amount_decimal`, or `custom_unit_amount` when `billing_scheme` is `per_unit`.", param: "unit_amount");
        }
    }
}
