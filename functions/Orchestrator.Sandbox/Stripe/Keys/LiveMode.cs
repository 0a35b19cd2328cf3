using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Keys;

/// <summary>What a live key sees: nothing of test mode but Stripe's hint that it is there, and an account that may not charge yet.</summary>
internal static class LiveMode
{
    private const string Elsewhere = "; a similar object exists in test mode, but a live mode key was used to make this request.";

    public static JsonObject Answer(Account account, Operation operation, string path, IReadOnlyList<string> ids, JsonObject parameters)
    {
        if (ids.Count > 0)
        {
            throw Missing(account, ids[0], "id", 404);
        }

        foreach (string param in (ReadOnlySpan<string>)["charge", "payment_intent", "customer", "invoice", "subscription", "price", "payment_method"])
        {
            if (parameters.Text(param) is { } id)
            {
                throw Missing(account, id, param, param is "charge" or "payment_intent" ? 404 : 400);
            }
        }

        if (operation.Writes)
        {
            throw StripeRefusal.Invalid(
                "Your account cannot currently make live charges. If you are a site visitor trying to purchase something, please contact the owner of this site; your transaction was not successful.",
                "testmode_charges_only");
        }

        return new JsonObject { ["object"] = "list", ["data"] = new JsonArray(), ["has_more"] = false, ["url"] = path };
    }

    private static StripeRefusal Missing(Account account, string id, string param, int status)
    {
        JsonObject? similar = account.Find(id);
        string noun = similar?.Text("object") ?? "object";
        return new StripeRefusal(status, "invalid_request_error", $"No such {noun}: '{id}'{(similar is null ? "" : Elsewhere)}") { Code = "resource_missing", Param = param };
    }
}
