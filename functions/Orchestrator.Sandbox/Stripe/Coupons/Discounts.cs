using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Coupons;

/// <summary>Coupons put to use: a discount belongs to an invoice or a subscription and lowers totals.</summary>
internal static class Discounts
{
    /// <summary>Replaces the discounts of an invoice or a subscription by those the parameters name.</summary>
    public static void Put(Call call, JsonObject holder, JsonArray? given)
    {
        JsonArray ids = [];
        foreach (JsonNode? entry in given ?? [])
        {
            ids.Add(Of(call, entry!.AsObject(), holder).Id());
        }

        holder["discounts"] = ids;
    }

    /// <summary>Works out what the invoice's discounts take off.</summary>
    public static void Apply(Work work, JsonObject invoice)
    {
        long left = Invoices.Invoicing.Lines(invoice).Sum(line => line!.AsObject().Amount("amount"));
        JsonArray amounts = [];
        foreach (JsonNode? id in invoice.Items("discounts") ?? [])
        {
            JsonObject discount = work.Account.Find("discount", id!.GetValue<string>())!;
            JsonObject coupon = work.Account.Find("coupon", discount.Part("source")!.Text("coupon")!)!;
            long off = coupon.Fraction("percent_off") is { } percent
                ? (long)Math.Round(left * percent / 100m, MidpointRounding.AwayFromZero)
                : Math.Min(left, coupon.Amount("amount_off"));
            left -= off;
            amounts.Add(new JsonObject { ["amount"] = off, ["discount"] = discount.Id() });
        }

        invoice["total_discount_amounts"] = amounts;
        Invoices.Invoicing.Total(invoice);
    }

    private static JsonObject Of(Call call, JsonObject given, JsonObject holder)
    {
        if (given.Given("discount", out string? present))
        {
            return call.Work.Account.Find("discount", present) ?? throw StripeRefusal.Invalid($"No such discount: '{present}'", "resource_missing", "discounts");
        }

        JsonObject? code = given.Given("promotion_code", out string? codeId)
            ? call.Work.Account.Find("promotion_code", codeId) ?? throw StripeRefusal.Invalid($"No such promotion code: '{codeId}'", "resource_missing", "discounts[0][promotion_code]")
            : null;
        string couponId = code?.Part("promotion")!.Text("coupon") ?? given.Text("coupon") ?? throw StripeRefusal.ParameterMissing("discounts[0][coupon]");
        JsonObject coupon = call.Work.Account.Find("coupon", couponId) ?? throw StripeRefusal.Invalid($"No such coupon: '{couponId}'", "resource_missing", "discounts[0][coupon]");
        if (!coupon.Flag("valid"))
        {
            throw StripeRefusal.Invalid($"Coupon expired: {couponId}", "coupon_expired", "discounts[0][coupon]");
        }

        bool subscription = holder.Text("object") == "subscription";
        JsonObject discount = new()
        {
            ["id"] = Ids.New("di_"),
            ["object"] = "discount",
            ["checkout_session"] = null,
            ["customer"] = holder.Text("customer"),
            ["customer_account"] = null,
            ["end"] = null,
            ["invoice"] = subscription ? null : holder.Id(),
            ["invoice_item"] = null,
            ["promotion_code"] = code?.Id(),
            ["source"] = new JsonObject { ["coupon"] = couponId, ["type"] = "coupon" },
            ["start"] = call.Work.Now,
            ["subscription"] = subscription ? holder.Id() : null,
            ["subscription_item"] = null,
        };
        call.Work.Put(discount);
        call.Work.Guard(coupon);
        coupon["times_redeemed"] = coupon.Amount("times_redeemed") + 1;
        coupon["valid"] = coupon.Whole("max_redemptions") is not { } most || coupon.Amount("times_redeemed") < most;
        call.Work.Put(coupon);
        return discount;
    }
}
