using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class SettingsTests
{
    private static readonly HashSet<string> Known = ReadSample();

    [Fact]
    public void AppSetting_IsOneThatTheSampleKnows()
    {
        string[] set = [.. Infra.Files.Values.SelectMany(text => Setting().Matches(text)).Select(match => match.Value)];

        Assert.True(set.Length > 10);
        Assert.All(set, setting => Assert.Contains(setting, Known));
    }

    [Theory]
    [InlineData("ORCHESTRATOR__Web__PublicAddress")]
    [InlineData("ORCHESTRATOR__Teams__Webhook")]
    [InlineData("ORCHESTRATOR__Mailbox__ClientId")]
    public void Sample_IsReadRightly(string setting) => Assert.Contains(setting, Known);

    /// <summary>Every section and key of the sample, also those behind a comment's mark.</summary>
    private static HashSet<string> ReadSample()
    {
        HashSet<string> known = [];
        string section = "";
        foreach (string line in Infra.ReadAbove("local.settings.sample.json").Split('\n'))
        {
            Match opened = Section().Match(line);
            section = opened.Success ? opened.Groups[1].Value : section;
            known.UnionWith(Key().Matches(line).Select(key => $"ORCHESTRATOR__{section}__{key.Groups[1].Value}"));
        }

        return known;
    }

    [GeneratedRegex(@"ORCHESTRATOR__\w+?__\w+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\s*(?://\s*)?""(\w+)"": \{")]
    private static partial Regex Section();

    [GeneratedRegex(@"""(\w+)"": (?!\{)")]
    private static partial Regex Key();
}
