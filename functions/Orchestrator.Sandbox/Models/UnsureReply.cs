using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Models;

/// <summary>The answer of a model that does not know and says so, in the shape that was asked for.</summary>
internal static class UnsureReply
{
    /// <param name="schema">The JSON schema of <c>response_format</c>; null gives the fields a refund reader asks for.</param>
    public static string For(JsonObject? schema) => (schema is null ? Plain() : Fill(schema, 0))?.ToJsonString() ?? "null";

    private static JsonObject Plain() => new()
    {
        ["isRefundRequest"] = null,
        ["references"] = new JsonArray(),
        ["amount"] = null,
        ["currency"] = null,
        ["reason"] = "unsure",
        ["confidence"] = 0,
    };

    private static JsonNode? Fill(JsonObject schema, int depth)
    {
        string[] types = schema["type"] switch
        {
            JsonArray many => [.. many.Select(one => one.Text()).OfType<string>()],
            JsonNode one => [one.Text() ?? ""],
            _ => schema["anyOf"] is JsonArray any && any.OfType<JsonObject>().Any(one => one.Text("type") == "null") ? ["null"] : ["object"],
        };
        if (types.Contains("null") || depth > 8)
        {
            return null;
        }

        return types.FirstOrDefault() switch
        {
            "boolean" => false,
            "integer" => schema.Whole("minimum") ?? 0,
            "number" => schema.Number("minimum") ?? 0,
            "array" => new JsonArray(),
            "string" => Word(schema),
            _ => Whole(schema, depth),
        };
    }

    private static JsonObject Whole(JsonObject schema, int depth)
    {
        var filled = new JsonObject();
        foreach (var (name, member) in schema.Child("properties") ?? [])
        {
            filled[name] = member is JsonObject inner ? Fill(inner, depth + 1) : null;
        }

        return filled;
    }

    private static string Word(JsonObject schema)
    {
        List<string> known = [.. (schema["enum"] as JsonArray ?? []).Select(word => word.Text()).OfType<string>()];
        return known.Find(word => word is "unsure" or "unknown" or "other") ?? known.LastOrDefault() ?? "unsure";
    }
}
