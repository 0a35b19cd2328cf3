using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Compiled;

/// <summary>What a deployment would make with these settings, worked out without Azure.</summary>
internal sealed partial class Prediction
{
    private const string Someone = "11111111-1111-1111-1111-111111111111";

    private readonly IReadOnlyList<JsonNode> _resources;

    private Prediction(IReadOnlyList<JsonNode> resources) => _resources = resources;

    /// <summary>The secrets on which the app is given a role.</summary>
    public IEnumerable<string> ReadableSecrets => _resources.Select(resource => GrantOnSecret().Match((string)resource["id"]!)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    public IEnumerable<string> Types => _resources.Select(resource => (string)resource["type"]!);

    public JsonNode this[string type] => _resources.Single(resource => string.Equals((string?)resource["type"], type, StringComparison.OrdinalIgnoreCase))["properties"]!;

    public JsonNode AppSettings => _resources.Single(resource => ((string)resource["id"]!).EndsWith("/config/appsettings", StringComparison.Ordinal))["properties"]!;

    /// <exception cref="InvalidOperationException">The deployment would be refused; the message says why.</exception>
    public static async Task<Prediction> OfAsync(params string[] settings)
    {
        using InfraCopy copy = new();
        Dictionary<string, string> environment = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        (_, string output, string errors) = await Bicep.RunAsync(
            copy.Folder, environment, "snapshot", "main.bicepparam", "--mode", "overwrite", "--tenant-id", Someone, "--subscription-id", Someone, "--location", "westeurope", "--deployment-name", "test");
        string snapshot = Path.Combine(copy.Folder, "main.snapshot.json");
        return File.Exists(snapshot)
            ? new([.. JsonNode.Parse(await File.ReadAllTextAsync(snapshot))!["predictedResources"]!.AsArray().Select(resource => resource!)])
            : throw new InvalidOperationException(output + errors);
    }

    [GeneratedRegex(@"^\[extensionResourceId\('[^']*/secrets/([\w-]+)', 'Microsoft.Authorization/roleAssignments'")]
    private static partial Regex GrantOnSecret();
}
