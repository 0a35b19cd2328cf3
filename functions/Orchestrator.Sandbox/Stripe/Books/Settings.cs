using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Books;

/// <summary>The switches that control routes set; they survive a restart like everything else.</summary>
internal static class Settings
{
    private const string ObjectId = "_settings";

    private static readonly JsonObject Defaults = JsonFields.Parse("""
        {
          "id": "_settings", "object": "_settings",
          "settle_after_seconds": 3,
          "think_milliseconds": 0,
          "rate_limit_per_second": 0,
          "search_lag_seconds": 0,
          "approvals": null,
          "approval_status": 400,
          "webhooks": { "delivery": true, "duplicates": 0, "disorder": false, "delay_seconds": 0, "retry_seconds": 1, "attempts": 3 }
        }
        """);

    public static JsonObject Of(Account account) => account.Find(ObjectId) ?? Defaults;

    /// <summary>Lays the given values over the present ones; a name that is no switch is refused.</summary>
    public static JsonObject Change(Work work, JsonObject given)
    {
        JsonObject settings = Of(work.Account).Copy();
        Lay(settings, given);
        work.Put(settings);
        return settings;
    }

    private static void Lay(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (name is "id" or "object" || !target.ContainsKey(name))
            {
                throw StripeRefusal.Validation($"There is no switch '{name}'; there are: {string.Join(", ", target.Select(entry => entry.Key))}.", param: name);
            }

            if (target[name] is JsonObject below && value is JsonObject part)
            {
                Lay(below, part);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
