using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>One page of a list, newest first. <c>limit</c> out of range is moved into 1 to 100, as Stripe does.</summary>
internal static class Paging
{
    public static JsonObject Page(Call call, IEnumerable<JsonObject> newestFirst, string? url = null)
    {
        List<JsonObject> all = [.. newestFirst.Where(item => InRange(item.Whole("created"), call.Params["created"]))];
        int limit = Limit(call.Params);
        bool more;
        if (call.Params.Given("starting_after", out string? after))
        {
            int from = Position(call, all, after, "starting_after") + 1;
            more = all.Count - from > limit;
            all = all.GetRange(from, Math.Min(limit, all.Count - from));
        }
        else if (call.Params.Given("ending_before", out string? before))
        {
            int to = Position(call, all, before, "ending_before");
            int from = Math.Max(0, to - limit);
            more = from > 0;
            all = all.GetRange(from, to - from);
        }
        else
        {
            more = all.Count > limit;
            all = all.GetRange(0, Math.Min(limit, all.Count));
        }

        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. all.Select(Rendering.Of)]),
            ["has_more"] = more,
            ["url"] = url ?? call.Path,
        };
    }

    public static int Limit(JsonObject parameters) => (int)Math.Clamp(parameters.Whole("limit") ?? 10, 1, 100);

    /// <summary>Whether a moment fits a filter that is one moment or bounds by <c>gt</c>, <c>gte</c>, <c>lt</c>, <c>lte</c>.</summary>
    public static bool InRange(long? value, JsonNode? filter) => filter switch
    {
        null => true,
        JsonObject bounds => value is { } moment
            && (bounds.Whole("gt") is not { } gt || moment > gt)
            && (bounds.Whole("gte") is not { } gte || moment >= gte)
            && (bounds.Whole("lt") is not { } lt || moment < lt)
            && (bounds.Whole("lte") is not { } lte || moment <= lte),
        JsonValue exact => exact.TryGetValue(out long moment) && value == moment,
        _ => false,
    };

    private static int Position(Call call, List<JsonObject> all, string id, string param)
    {
        int position = all.FindIndex(item => item.Id() == id);
        if (position >= 0)
        {
            return position;
        }

        string noun = call.Work.Account.Find(id)?.Text("object") ?? (all.Count > 0 ? all[0].Text("object")! : "object");
        throw StripeRefusal.Validation($"No such {noun}: '{id}'", "resource_missing", param);
    }
}
