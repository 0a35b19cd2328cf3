using System.Text.Json.Nodes;

namespace Orchestrator.Infra.Tests.Compiled;

/// <summary>What the compiler makes of <c>main.bicep</c>: the template that Azure is given.</summary>
internal static class Template
{
    private static readonly Lazy<Task<IReadOnlyList<JsonObject>>> All = new(ReadAsync);

    /// <summary>Every resource of a type, in whichever module it is.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ResourcesAsync(string type) =>
        [.. (await All.Value).Where(resource => string.Equals((string?)resource["type"], type, StringComparison.OrdinalIgnoreCase) && resource["existing"] is null)];

    public static async Task<JsonNode> PropertiesAsync(string type, string? name = null) =>
        (await ResourcesAsync(type)).Single(resource => name is null || ((string?)resource["name"])!.Contains(name, StringComparison.Ordinal))["properties"]!;

    private static async Task<IReadOnlyList<JsonObject>> ReadAsync()
    {
        (_, string output, string errors) = await Bicep.RunAsync("build", "main.bicep", "--stdout");
        return output.Length > 0 ? [.. Resources(JsonNode.Parse(output)!)] : throw new InvalidOperationException(errors);
    }

    private static IEnumerable<JsonObject> Resources(JsonNode template)
    {
        // A list, or by symbol where something in the file needs symbols.
        JsonNode resources = template["resources"]!;
        foreach (JsonObject resource in (resources is JsonArray list ? list : resources.AsObject().Select(pair => pair.Value)).Cast<JsonObject>())
        {
            yield return resource;
            foreach (JsonObject inner in (resource["properties"] as JsonObject)?["template"] is { } module ? Resources(module) : [])
            {
                yield return inner;
            }
        }
    }
}
