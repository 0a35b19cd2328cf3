using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class ModulesTests
{
    [Fact]
    public void Module_IsUsedFromMain()
    {
        HashSet<string> reached = ["main.bicep"];
        Queue<string> open = new(reached);
        while (open.TryDequeue(out string? file))
        {
            foreach (string used in References(file).Where(reached.Add))
            {
                open.Enqueue(used);
            }
        }

        Assert.Equal(Infra.Files.Keys.Order(), reached.Order());
        Assert.True(reached.Count > 5);
    }

    [Fact]
    public void Module_ComesFromThisFolder() =>
        Assert.All(Infra.Files, file => Assert.DoesNotMatch(@"'(br|ts)[:/]", file.Value));

    [Fact]
    public void Parameters_AreThoseOfMain()
    {
        string[] given = [.. Parameter().Matches(Infra.Read("main.bicepparam")).Select(match => match.Groups[1].Value)];
        string[] asked = [.. Parameter().Matches(Infra.Files["main.bicep"]).Select(match => match.Groups[1].Value)];

        // The tenant has no value to give: it is the deployment's own unless someone says otherwise on the command line.
        Assert.Equal(asked.Except(["signInTenantId"]).Order(), given.Order());
    }

    private static IEnumerable<string> References(string file) => Reference().Matches(Infra.Files[file])
        .Select(match => Path.GetRelativePath(Infra.Folder, Path.GetFullPath(match.Groups[1].Value, Path.Combine(Infra.Folder, Path.GetDirectoryName(file)!))).Replace('\\', '/'));

    [GeneratedRegex(@"(?:module \w+|from) '([^']+)'")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^param (\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();
}
