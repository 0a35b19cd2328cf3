using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

/// <summary>Who is given what where, as the Bicep says it and as the README's table says it, in the same words.</summary>
internal sealed partial record RoleAssignment(string Who, string Role, string Where)
{
    private static readonly Dictionary<string, string> People = new() { ["appPrincipalId"] = "the app", ["operatorPrincipalId"] = "the operator" };

    private static readonly Dictionary<string, string> Places = new()
    {
        ["Microsoft.Storage/storageAccounts"] = "the storage account",
        ["Microsoft.KeyVault/vaults"] = "the vault",
        ["Microsoft.KeyVault/vaults/secrets"] = "each secret that it asks for",
        ["Microsoft.Insights/components"] = "Application Insights",
        ["Microsoft.DurableTask/schedulers/taskHubs"] = "the task hub",
    };

    public static IReadOnlyList<RoleAssignment> InBicep { get; } = [.. Infra.Files.Values.SelectMany(text => Assignment().Matches(text).Select(match => From(match, text)))];

    public static int Resources { get; } = Infra.Files.Values.Sum(text => Resource().Count(text));

    public static IReadOnlyList<RoleAssignment> InReadme { get; } =
    [
        .. Infra.Read("README.md").Split("## Least privilege")[1].Split("\n## ")[0].Split('\n')
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new RoleAssignment(cells[1], cells[2], cells[3])),
    ];

    private static RoleAssignment From(Match match, string text)
    {
        string symbol = match.Groups["scope"].Value;
        string type = Regex.Match(text, $@"resource {symbol} '([^@]+)@").Groups[1].Value;
        return new(People[match.Groups["who"].Value], Words().Replace(match.Groups["role"].Value, " $0").Trim() is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "", Places[type]);
    }

    [GeneratedRegex("resource \\w+ 'Microsoft.Authorization/roleAssignments@")]
    private static partial Regex Resource();

    [GeneratedRegex(
        @"resource \w+ 'Microsoft.Authorization/roleAssignments@.*?scope: (?<scope>\w+)(?:\[\w+\])?\s.*?principalId: (?<who>\w+)\s.*?roleDefinitionId: subscriptionResourceId\('Microsoft.Authorization/roleDefinitions', roles\.(?<role>\w+)\)",
        RegexOptions.Singleline)]
    private static partial Regex Assignment();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();
}
