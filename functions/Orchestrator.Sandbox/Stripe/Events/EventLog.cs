using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Webhooks;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Events;

/// <summary>Writes events. Each says which request and which idempotency key caused it; none did when Stripe acted by itself.</summary>
internal static class EventLog
{
    public const string ApiVersion = "2026-10-28.endive";

    public static void Record(Work work, string type, JsonObject about, JsonObject? before)
    {
        JsonObject data = new() { ["object"] = Rendering.Of(about) };
        if (before is not null)
        {
            data["previous_attributes"] = Changed(before, about);
        }

        JsonObject happened = new()
        {
            ["id"] = Ids.New("evt_"),
            ["object"] = "event",
            ["api_version"] = ApiVersion,
            ["created"] = work.Now,
            ["data"] = data,
            ["livemode"] = false,
            ["pending_webhooks"] = 0L,
            ["request"] = new JsonObject { ["id"] = work.RequestId, ["idempotency_key"] = work.IdempotencyKey },
            ["type"] = type,
        };
        happened["pending_webhooks"] = Deliveries.Plan(work, happened);
        work.Put(happened);
    }

    private static JsonObject Changed(JsonObject before, JsonObject now)
    {
        JsonObject changed = [];
        foreach (var (name, value) in before)
        {
            if (name[0] != '_' && !JsonNode.DeepEquals(value, now[name]))
            {
                changed[name] = value?.DeepClone();
            }
        }

        return changed;
    }
}
