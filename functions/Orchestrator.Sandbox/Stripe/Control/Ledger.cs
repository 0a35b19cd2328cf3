using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>What really happened: money that moved, under which idempotency key, and every request. Tests count duplicates here.</summary>
internal static class Ledger
{
    public static JsonObject Of(Account account)
    {
        Dictionary<string, JsonObject> effects = account.All("_effect").ToDictionary(effect => effect.Text("made")!);
        return new JsonObject
        {
            ["refunds"] = new JsonArray([.. account.All("refund").Select(refund => Line(refund, effects))]),
            ["charges"] = new JsonArray([.. account.All("charge").Select(charge => Line(charge, effects))]),
            ["effects"] = new JsonArray([.. effects.Values.Where(effect => effect.Text("idempotency_key") is not null).GroupBy(effect => effect.Text("idempotency_key")!).Select(Count)]),
            ["requests"] = new JsonArray([.. account.All("_request").Select(Rendering.Of)]),
        };
    }

    private static JsonObject Line(JsonObject made, Dictionary<string, JsonObject> effects)
    {
        JsonObject line = [];
        line.Take(
            made, "id", "amount", "amount_refunded", "currency", "status", "charge", "payment_intent", "customer", "reason", "refunded", "disputed",
            "failure_reason", "pending_reason", "created", "metadata");
        effects.TryGetValue(made.Id(), out JsonObject? effect);
        line["idempotency_key"] = effect?.Text("idempotency_key");
        line["request_id"] = effect?.Text("request_id");
        return line;
    }

    private static JsonObject Count(IGrouping<string, JsonObject> effects) => new()
    {
        ["idempotency_key"] = effects.Key,
        ["count"] = (long)effects.Count(),
        ["refunds"] = (long)effects.Count(effect => effect.Text("kind") == "refund"),
        ["made"] = new JsonArray([.. effects.Select(effect => JsonValue.Create(effect.Text("made")))]),
        ["request_ids"] = new JsonArray([.. effects.Select(effect => effect.Text("request_id")).Distinct().Select(id => JsonValue.Create(id))]),
    };
}
