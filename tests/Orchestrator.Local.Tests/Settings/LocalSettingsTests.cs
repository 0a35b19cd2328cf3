using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.Settings;

/// <summary>What this head adds to the shared settings, and the sample, which shows all of them.</summary>
public sealed class LocalSettingsTests
{
    private static readonly WebSettings OwnMachine = new(IPAddress.Loopback, WebSettings.DefaultPort, null);

    [Fact]
    public void Nothing_IsAllPlayedOnLoopback()
    {
        LocalSettings settings = Read("{}");

        Assert.True(settings.Shared.UsesSandbox);
        Assert.Equal(OwnMachine, settings.Web);
        Assert.Equal(new(null, TaskHubSettings.DefaultMaxPayloadBytes), settings.TaskHub);
    }

    [Theory]
    [InlineData("""{ "Webb": { "Port": 1 } }""", "Webb is no section; there are Web, SignIn, Roles, Stripe, Keys, Mail, Teams, Model, Mailbox, Policy, Sandbox, TaskHub")]
    [InlineData("""{ "Web": { "Prot": 7300 } }""", "Web.Prot is no setting; Web has Listen, Port, PublicAddress")]
    [InlineData("""{ "Web": { "Port": "seventy" } }""", "Web.Port is no port")]
    [InlineData("""{ "Web": { "Port": 70000 } }""", "Web.Port is no port")]
    [InlineData("""{ "Web": { "Listen": "everywhere" } }""", "Web.Listen is no IP address")]
    [InlineData("""{ "Web": { "Listen": "0.0.0.0" } }""", "SignIn.Kind is development")]
    [InlineData("""{ "Web": { "PublicAddress": "https://refunds.example.com" } }""", "SignIn.Kind is development")]
    [InlineData("""{ "Web": { "Listen": "0.0.0.0" }, "SignIn": { "Kind": "appService" } }""", "SignIn.Kind is appService, but nothing of App Service stands before this head")]
    [InlineData("""{ "SignIn": { "Kind": "appService" } }""", "SignIn.Kind is appService, but nothing of App Service stands before this head")]
    [InlineData("""{ "TaskHub": { "RetentionDays": 0 } }""", "TaskHub.RetentionDays is no number of days")]
    [InlineData("""{ "TaskHub": { "MaxPayloadBytes": 1024 } }""", "TaskHub.MaxPayloadBytes is too small")]
    public void Fault_IsOneSentenceThatNamesTheSetting(string json, string sentence)
    {
        string fault = Assert.Single(Faults(json));

        Assert.StartsWith(sentence, fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void FaultsOfThisHeadAndSharedOnes_AreToldAtOnce() =>
        Assert.Equal(4, Faults("""{ "Web": { "Port": 0, "Listen": "x" }, "Teams": { "Webhook": "maybe" }, "TaskHub": { "RetentionDays": "x" } }""").Count);

    [Fact]
    public void FileInTheStateFolder_IsTakenWhenNoneIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("local.settings.json"), """{ "Web": { "Port": 8123 } }""");

        Assert.Equal(8123, LocalSettings.Read(StateFolder.Choose(folder.Path), null, new Hashtable()).Web.Port);
    }

    [Fact]
    public void NamedFileThatIsMissing_IsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<SettingsException>(() => LocalSettings.Read(StateFolder.Choose(folder.Path), folder.In("none.json"), new Hashtable()));
    }

    [Fact]
    public void Sample_IsRightAsItStands() =>
        Assert.Equal(OwnMachine, Read(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json"))).Web);

    /// <summary>With every commented setting switched on, only what excludes each other is refused: each name in the sample is a setting.</summary>
    [Fact]
    public void Sample_NamesOnlySettingsThatExist()
    {
        string all = string.Join('\n', File.ReadAllLines(Path.Combine(Repository.Root, "local.settings.sample.json")).Select(Uncommented));

        Assert.DoesNotContain(Faults(all), fault => fault.Contains("is no setting", StringComparison.Ordinal) || fault.Contains("is no section", StringComparison.Ordinal));
        Assert.Equal(4, SectionsOf(all).Count(section => section is "Stripe" or "Keys" or "Mail" or "Mailbox"));
    }

    private static string Uncommented(string line)
    {
        string text = line.TrimStart();
        bool isSetting = text.StartsWith("// \"", StringComparison.Ordinal) || text.StartsWith("//   \"", StringComparison.Ordinal) || text is "// }," or "// }";
        string whole = isSetting ? text[2..] : text.StartsWith("//", StringComparison.Ordinal) ? "" : line;
        return isSetting && !whole.TrimEnd().EndsWith('{') && !whole.Contains("//", StringComparison.Ordinal) && !whole.TrimEnd().EndsWith(',') && !whole.Contains('}', StringComparison.Ordinal) ? whole + "," : whole;
    }

    private static IEnumerable<string> SectionsOf(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject().Select(section => section.Key);

    private static LocalSettings Read(string json)
    {
        using TemporaryFolder folder = new();
        string file = folder.In("local.settings.json");
        File.WriteAllText(file, json);
        return LocalSettings.Read(StateFolder.Choose(folder.Path), file, new Hashtable());
    }

    private static IReadOnlyList<string> Faults(string json)
    {
        try
        {
            _ = Read(json);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Message.Split(Environment.NewLine);
        }
    }
}
