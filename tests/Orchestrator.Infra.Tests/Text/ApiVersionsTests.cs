using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class ApiVersionsTests
{
    [Fact]
    public void ApiVersion_IsNoPreview()
    {
        string[] types = [.. Infra.Files.Values.SelectMany(text => TypeAndVersion().Matches(text)).Select(match => match.Groups[1].Value)];

        Assert.True(types.Length > 20);
        Assert.All(types, type => Assert.Matches(@"@\d{4}-\d{2}-\d{2}$", type));
    }

    [Fact]
    public void Type_HasOneVersion()
    {
        var versions = Infra.Files.Values.SelectMany(text => TypeAndVersion().Matches(text))
            .Select(match => match.Groups[1].Value.Split('@'))
            .GroupBy(parts => parts[0], parts => parts[1]);

        Assert.All(versions, type => Assert.Single(type.Distinct()));
    }

    [GeneratedRegex(@"'(Microsoft\.\w+/[\w/]+@[^']+)'")]
    private static partial Regex TypeAndVersion();
}
