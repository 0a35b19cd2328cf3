using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Coupons;

internal static class CouponOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/coupons", "coupon", call => Paging.Page(call, call.Work.Account.Latest("coupon"))),
        Operation.Of("POST /v1/coupons", "coupon", Create),
        Operation.Of("GET /v1/coupons/{id}", "coupon", call => Rendering.Of(call.Subject("coupon"))),
        Operation.Of("POST /v1/coupons/{id}", "coupon", Update),
        Operation.Of("DELETE /v1/coupons/{id}", "coupon", Delete),
        Operation.Of("GET /v1/promotion_codes", "promotion_code", ListCodes),
        Operation.Of("POST /v1/promotion_codes", "promotion_code", CreateCode),
        Operation.Of("GET /v1/promotion_codes/{id}", "promotion_code", call => Rendering.Of(call.Subject("promotion_code", "promotion code"))),
    ];

    private static JsonObject Create(Call call)
    {
        bool percent = call.Params.ContainsKey("percent_off");
        if (percent == call.Params.ContainsKey("amount_off"))
        {
            throw percent
                ? StripeRefusal.Validation("You may only specify one of these parameters: amount_off, percent_off.", "parameters_exclusive")
                : StripeRefusal.Validation("Must provide percent_off or amount_off.");
        }

        if (call.Params.Fraction("percent_off") is <= 0 or > 100)
        {
            throw StripeRefusal.Validation("Invalid percent_off: must be greater than 0 and at most 100.", param: "percent_off");
        }

        if (!percent && call.Params.Text("currency") is null)
        {
            throw StripeRefusal.ParameterMissing("currency");
        }

        string id = call.Params.Text("id") ?? Ids.Random(8);
        if (call.Work.Account.Find("coupon", id) is not null)
        {
            throw StripeRefusal.Invalid("Coupon already exists.", "resource_already_exists", "id");
        }

        JsonObject coupon = JsonFields.Parse("""
            {
              "id": "", "object": "coupon", "amount_off": null, "created": 0, "currency": null, "duration": "once", "duration_in_months": null,
              "livemode": false, "max_redemptions": null, "metadata": {}, "name": null, "percent_off": null, "redeem_by": null,
              "times_redeemed": 0, "valid": true
            }
            """);
        coupon["id"] = id;
        coupon["created"] = call.Work.Now;
        coupon.Take(call.Params, "amount_off", "duration", "duration_in_months", "max_redemptions", "name", "percent_off", "redeem_by");
        coupon["currency"] = call.Params.Text("currency") is { } currency ? Currency.Known(currency) : null;
        Metadata.Merge(coupon, call.Params);
        call.Work.Add(coupon);
        call.Work.Emit("coupon.created", coupon);
        return Rendering.Of(coupon);
    }

    private static JsonObject Update(Call call)
    {
        JsonObject coupon = call.Subject("coupon");
        JsonObject before = coupon.Copy();
        coupon.Take(call.Params, "name");
        Metadata.Merge(coupon, call.Params);
        call.Work.Put(coupon);
        call.Work.Emit("coupon.updated", coupon, before);
        return Rendering.Of(coupon);
    }

    private static JsonObject Delete(Call call)
    {
        JsonObject coupon = call.Subject("coupon");
        call.Work.Emit("coupon.deleted", coupon);
        call.Work.Drop(coupon);
        return new JsonObject { ["id"] = call.Id, ["object"] = "coupon", ["deleted"] = true };
    }

    private static JsonObject ListCodes(Call call) => Paging.Page(call, call.Work.Account.Latest("promotion_code").Where(code =>
        (call.Params.Text("code") is not { } text || string.Equals(code.Text("code"), text, StringComparison.OrdinalIgnoreCase))
        && (call.Params.Text("coupon") is not { } coupon || code.Part("promotion")!.Text("coupon") == coupon)
        && (call.Params.Text("customer") is not { } customer || code.Text("customer") == customer)
        && (!call.Params.ContainsKey("active") || code.Flag("active") == call.Params.Flag("active"))));

    private static JsonObject CreateCode(Call call)
    {
        string couponId = call.Params.Part("promotion")!.Text("coupon")!;
        if (call.Work.Account.Find("coupon", couponId) is null)
        {
            throw StripeRefusal.Invalid($"No such coupon: '{couponId}'", "resource_missing", "promotion[coupon]");
        }

        call.Named("customer", "customer");
        JsonObject code = JsonFields.Parse("""
            {
              "id": "", "object": "promotion_code", "active": true, "code": "", "created": 0, "customer": null, "customer_account": null,
              "expires_at": null, "livemode": false, "max_redemptions": null, "metadata": {}, "promotion": null,
              "restrictions": { "first_time_transaction": false, "minimum_amount": null, "minimum_amount_currency": null }, "times_redeemed": 0
            }
            """);
        code["id"] = Ids.New("promo_");
        code["code"] = Ids.Random(8).ToUpperInvariant();
        code["created"] = call.Work.Now;
        code["promotion"] = new JsonObject { ["coupon"] = couponId, ["type"] = "coupon" };
        code.Take(call.Params, "active", "code", "customer", "expires_at", "max_redemptions");
        Metadata.Merge(code, call.Params);
        call.Work.Add(code);
        call.Work.Emit("promotion_code.created", code);
        return Rendering.Of(code);
    }
}
