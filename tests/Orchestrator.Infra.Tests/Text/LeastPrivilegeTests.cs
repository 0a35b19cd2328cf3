using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class LeastPrivilegeTests
{
    [Fact]
    public void Table_NamesEveryAssignmentAndNoOther() =>
        Assert.Equal(RoleAssignment.InBicep.Select(one => one.ToString()).Order(), RoleAssignment.InReadme.Select(one => one.ToString()).Order());

    [Fact]
    public void Assignments_AreAllUnderstoodHere() => Assert.Equal(RoleAssignment.Resources, RoleAssignment.InBicep.Count);

    [Fact]
    public void App_ReadsSecretsOneByOneAndNeverTheVault() =>
        Assert.DoesNotContain(RoleAssignment.InBicep, one => one is { Who: "the app", Where: "the vault" });

    [Fact]
    public void Role_OfTheList_IsAssigned()
    {
        string[] listed = [.. ListedRole().Matches(Infra.Files["modules/roles.bicep"]).Select(match => match.Groups[1].Value)];
        string everything = string.Join('\n', Infra.Files.Values);

        Assert.NotEmpty(listed);
        Assert.All(listed, role => Assert.Contains($"roles.{role})", everything, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^  (\w+): '[0-9a-f]{8}-", RegexOptions.Multiline)]
    private static partial Regex ListedRole();
}
