using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe;

/// <summary>Resources an agent may look at but that nothing here makes, and short-lived keys for mobile clients.</summary>
internal static class OtherOperations
{
    private const long KeySeconds = 60 * 60;

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/checkout/sessions", "checkout_session", call => Paging.Page(call, call.Work.Account.Latest("checkout.session"))),
        Operation.Of("GET /v1/checkout/sessions/{id}", "checkout_session", call => Rendering.Of(call.Subject("checkout.session", "checkout.session"))),
        Operation.Of("POST /v1/ephemeral_keys", "ephemeral_key", CreateKey),
        Operation.Of("DELETE /v1/ephemeral_keys/{id}", "ephemeral_key", DeleteKey),
    ];

    private static JsonObject CreateKey(Call call)
    {
        call.Named("customer", "customer");
        JsonObject key = new()
        {
            ["id"] = Ids.New("ephkey_"),
            ["object"] = "ephemeral_key",
            ["created"] = call.Work.Now,
            ["expires"] = call.Work.Now + KeySeconds,
            ["livemode"] = false,
        };
        call.Work.Add(key);
        JsonObject answer = Rendering.Of(key);
        answer["secret"] = $"ek_test_{Ids.Random(40)}";
        return answer;
    }

    private static JsonObject DeleteKey(Call call)
    {
        JsonObject key = call.Subject("ephemeral_key", "ephemeral key");
        call.Work.Drop(key);
        return Rendering.Of(key);
    }
}
