using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe;

/// <summary>The account itself: what a client asks to learn whose key it holds.</summary>
internal static class AccountOperations
{
    public static IEnumerable<Operation> All => [Operation.Of("GET /v1/account", "account", _ => Describe())];

    private static JsonObject Describe() => JsonFields.Parse($$"""
        {
          "id": "{{Account.Id}}", "object": "account", "business_profile": { "name": "Sandbox", "support_email": null, "url": null },
          "business_type": null, "capabilities": { "card_payments": "active", "transfers": "active" }, "charges_enabled": true, "country": "US",
          "created": 1700000000, "default_currency": "usd", "details_submitted": true, "email": "sandbox@example.com", "metadata": {},
          "payouts_enabled": true, "settings": { "dashboard": { "display_name": "Sandbox", "timezone": "Etc/UTC" } }, "type": "standard"
        }
        """);
}
