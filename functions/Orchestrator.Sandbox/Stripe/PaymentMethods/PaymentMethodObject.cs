using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.PaymentMethods;

/// <summary>The objects a test card becomes.</summary>
internal static class PaymentMethodObject
{
    private const long ExpiryMonth = 12;
    private const long YearsValid = 4;

    public static JsonObject Of(TestCard card, long now)
    {
        JsonObject method = JsonFields.Parse("""
            {
              "id": "", "object": "payment_method", "allow_redisplay": "unspecified",
              "billing_details": {
                "address": { "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null },
                "email": null, "name": null, "phone": null, "tax_id": null
              },
              "card": null, "created": 0, "customer": null, "customer_account": null, "livemode": false, "metadata": {}, "type": "card"
            }
            """);
        method["id"] = Ids.New("pm_");
        method["created"] = now;
        method["card"] = CardHash(card, now);
        method["_card"] = card.Number;
        return method;
    }

    public static JsonObject SourceOf(TestCard card, long now, string? customer)
    {
        JsonObject source = JsonFields.Parse("""
            {
              "id": "", "object": "card", "address_city": null, "address_country": null, "address_line1": null, "address_line1_check": null,
              "address_line2": null, "address_state": null, "address_zip": null, "address_zip_check": null, "allow_redisplay": "unspecified",
              "brand": "", "country": "", "customer": null, "cvc_check": "pass", "dynamic_last4": null, "exp_month": 12, "exp_year": 2030,
              "fingerprint": "", "funding": "", "last4": "", "metadata": {}, "name": null, "regulated_status": "unregulated",
              "tokenization_method": null, "wallet": null
            }
            """);
        source["id"] = Ids.New("card_");
        source["brand"] = DisplayBrand(card.Brand);
        source["country"] = card.Country;
        source["customer"] = customer;
        source["exp_year"] = Year(now);
        source["fingerprint"] = card.Fingerprint;
        source["funding"] = card.Funding;
        source["last4"] = card.Last4;
        source["_card"] = card.Number;
        return source;
    }

    public static JsonObject TokenOf(TestCard card, long now) => new()
    {
        ["id"] = Ids.New("tok_"),
        ["object"] = "token",
        ["card"] = CardHash(card, now),
        ["client_ip"] = "127.0.0.1",
        ["created"] = now,
        ["livemode"] = false,
        ["type"] = "card",
        ["used"] = false,
        ["_card"] = card.Number,
    };

    /// <summary>The test card behind a payment method, a source or a token.</summary>
    public static TestCard CardOf(JsonObject made) => TestCards.Numbered(made.Text("_card")!)!;

    public static void Bill(JsonObject method, JsonObject given)
    {
        JsonObject billing = method.Part("billing_details")!;
        billing.Take(given, "email", "name", "phone", "tax_id");
        if (given.Part("address") is { } address)
        {
            billing.Part("address")!.Take(address, "city", "country", "line1", "line2", "postal_code", "state");
        }
    }

    public static string DisplayBrand(string brand) => brand switch
    {
        "visa" => "Visa",
        "mastercard" => "MasterCard",
        "amex" => "American Express",
        "discover" => "Discover",
        "diners" => "Diners Club",
        "jcb" => "JCB",
        _ => "UnionPay",
    };

    public static long Year(long now) =>
        long.Parse(DateTimeOffset.FromUnixTimeSeconds(now).ToString("yyyy", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + YearsValid;

    private static JsonObject CardHash(TestCard card, long now)
    {
        JsonObject hash = JsonFields.Parse("""
            {
              "brand": "", "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
              "country": "", "display_brand": "", "exp_month": 12, "exp_year": 2030, "fingerprint": "", "funding": "",
              "generated_from": null, "last4": "", "networks": { "available": [], "preferred": null }, "regulated_status": "unregulated",
              "three_d_secure_usage": { "supported": true }, "wallet": null
            }
            """);
        hash["brand"] = card.Brand;
        hash["country"] = card.Country;
        hash["display_brand"] = card.Brand;
        hash["exp_month"] = ExpiryMonth;
        hash["exp_year"] = Year(now);
        hash["fingerprint"] = card.Fingerprint;
        hash["funding"] = card.Funding;
        hash["last4"] = card.Last4;
        hash.Part("networks")!["available"] = new JsonArray(card.Brand);
        return hash;
    }
}
