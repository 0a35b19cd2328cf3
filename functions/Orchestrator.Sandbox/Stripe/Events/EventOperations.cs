using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Events;

/// <summary>The events of the last 30 days.</summary>
internal static class EventOperations
{
    private const long KeptSeconds = 30L * 24 * 60 * 60;

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/events", "event", List),
        Operation.Of("GET /v1/events/{id}", "event", Retrieve),
    ];

    private static JsonObject List(Call call)
    {
        string[]? types = call.Params.Items("types") is { } given ? [.. given.Select(type => type!.GetValue<string>())] : null;
        if (types is not null && call.Params.ContainsKey("type"))
        {
            throw StripeRefusal.Validation("You may only specify one of these parameters: type, types.", "parameters_exclusive");
        }

        return Paging.Page(call, call.Work.Account.Latest("event").Where(happened =>
            happened.Amount("created") > call.Work.Now - KeptSeconds
            && (call.Params.Text("type") is not { } pattern || Fits(happened.Text("type")!, pattern))
            && (types is null || types.Contains(happened.Text("type")))
            && (!call.Params.ContainsKey("delivery_success") || happened.Amount("pending_webhooks") == 0 == call.Params.Flag("delivery_success"))));
    }

    private static JsonObject Retrieve(Call call)
    {
        JsonObject happened = call.Subject("event");
        return happened.Amount("created") > call.Work.Now - KeptSeconds ? Rendering.Of(happened) : throw StripeRefusal.Missing("event", call.Id);
    }

    private static bool Fits(string type, string pattern) => pattern.EndsWith(".*", StringComparison.Ordinal)
        ? type.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : type == pattern;
}
