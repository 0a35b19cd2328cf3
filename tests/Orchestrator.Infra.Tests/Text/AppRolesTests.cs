using System.Text.Json.Nodes;

namespace Orchestrator.Infra.Tests.Text;

public sealed class AppRolesTests
{
    [Fact]
    public void AppRoles_AreTheGroupsOfThePolicy()
    {
        string policy = Infra.ReadAbove("functions/Orchestrator.Connectors/Policy/refund-policy.yaml");
        IEnumerable<string> groups = policy.Split("\ngroups:\n")[1].Split("\n\n")[0].Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.EndsWith(':'))
            .Select(line => line.Trim().TrimEnd(':'));

        Assert.Equal(groups.Order(), JsonNode.Parse(Infra.Read("app-roles.json"))!.AsArray().Select(role => (string)role!["value"]!).Order());
    }
}
