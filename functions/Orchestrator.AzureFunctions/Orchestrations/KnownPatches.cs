using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>
/// The patches that a run may take, written into its input when it is started. History holds the input, so every replay reads the same, whatever the storage; a marker of
/// our own in history could be set but not looked up, because Durable Functions shows an orchestrator no history. A run that was started by other means knows none.
/// </summary>
internal static class KnownPatches
{
    private const string Property = "$patches";

    /// <summary>The input of a new run. One that is no JSON object carries none: nothing that knows patches has such an input.</summary>
    public static JsonElement Stamp(JsonElement input, IEnumerable<string> patches)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return input;
        }

        JsonObject stamped = JsonObject.Create(input)!;
        stamped[Property] = new JsonArray([.. patches.Select(patch => JsonValue.Create(patch))]);
        return JsonElement.Parse(stamped.ToJsonString());
    }

    public static IReadOnlySet<string> Of(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(Property, out JsonElement patches) && patches.ValueKind == JsonValueKind.Array
            ? patches.EnumerateArray().Where(patch => patch.ValueKind == JsonValueKind.String).Select(patch => patch.GetString()!).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();
}
