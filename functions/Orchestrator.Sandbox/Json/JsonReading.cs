using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Json;

/// <summary>Reads a member of a JSON object as what it should be; null when it is absent or something else.</summary>
internal static class JsonReading
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <returns>Null for what is no JSON, and for JSON null.</returns>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var node = JsonNode.Parse(json, documentOptions: s_strict);
            ReadEveryText(node);
            return node;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static JsonObject? ParseObject(ReadOnlySpan<byte> json) => Parse(json) as JsonObject;

    public static string? Text(this JsonObject from, string name) => from[name].Text();

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool? Flag(this JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public static long? Whole(this JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out long whole) ? whole : null;

    public static double? Number(this JsonObject from, string name) =>
        from[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) && double.IsFinite(number)
            ? number
            : null;

    public static JsonObject? Child(this JsonObject from, string name) => from[name] as JsonObject;

    /// <summary>Texts are decoded when they are read: one with half a surrogate pair would throw long after it was let in.</summary>
    private static void ReadEveryText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject one:
                foreach (var (_, member) in one)
                {
                    ReadEveryText(member);
                }

                break;
            case JsonArray many:
                foreach (var item in many)
                {
                    ReadEveryText(item);
                }

                break;
            default:
                node.Text();
                break;
        }
    }

    /// <summary>The objects of an array member; empty when it is absent or no array.</summary>
    public static IEnumerable<JsonObject> Children(this JsonObject from, string name) =>
        from[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    public static DateTimeOffset? Time(this JsonObject from, string name) =>
        DateTimeOffset.TryParse(from.Text(name), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
