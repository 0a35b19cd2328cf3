using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Lists within an object: those Stripe leaves out until <c>expand[]</c> asks, and those it always shows.</summary>
internal static class Sublists
{
    private const int Shown = 10;

    public static JsonObject? Of(Account account, string type, JsonObject holder, string field)
    {
        string id = holder.Id();
        return (type, field) switch
        {
            ("charge", "refunds") => List($"/v1/charges/{id}/refunds", account.Latest("refund").Where(refund => refund.Text("charge") == id)),
            ("customer", "sources") => List($"/v1/customers/{id}/sources", account.Latest("card").Where(card => card.Text("customer") == id)),
            ("customer", "subscriptions") => List(
                $"/v1/customers/{id}/subscriptions",
                account.Latest("subscription").Where(subscription => subscription.Text("customer") == id && subscription.Text("status") != "canceled")),
            ("customer", "tax_ids") => List($"/v1/customers/{id}/tax_ids", []),
            ("invoice", "payments") => List("/v1/invoice_payments", account.Latest("invoice_payment").Where(payment => payment.Text("invoice") == id)),
            _ => null,
        };
    }

    public static JsonObject List(string url, IEnumerable<JsonObject> stored)
    {
        JsonObject[] all = [.. stored];
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. all.Take(Shown).Select(Rendering.Of)]),
            ["has_more"] = all.Length > Shown,
            ["total_count"] = (long)all.Length,
            ["url"] = url,
        };
    }
}
