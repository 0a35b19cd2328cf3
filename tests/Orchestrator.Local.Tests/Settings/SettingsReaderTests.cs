using System.Collections;
using System.Net;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string RealKeys = """ "Keys": { "VaultAddress": "https://v.vault.azure.net" } """;

    [Fact]
    public void Nothing_IsAllPlayedOnLoopback()
    {
        LocalSettings settings = Read("{}");

        Assert.True(settings.UsesSandbox);
        Assert.Equal(LocalSettings.AllPlayed.Web, settings.Web);
        Assert.Equal(SignInKind.Development, settings.SignIn.Kind);
    }

    [Theory]
    [InlineData("""{ "Webb": { "Port": 1 } }""", "Webb is no section")]
    [InlineData("""{ "Web": { "Prot": 7300 } }""", "Web.Prot is no setting; Web has Listen, Port, PublicAddress")]
    [InlineData("""{ "Web": { "Port": "seventy" } }""", "Web.Port is no port")]
    [InlineData("""{ "Web": { "Port": 70000 } }""", "Web.Port is no port")]
    [InlineData("""{ "Web": { "Listen": "everywhere" } }""", "Web.Listen is no IP address")]
    [InlineData("""{ "Web": { "Listen": "0.0.0.0" } }""", "SignIn.Kind is development")]
    [InlineData("""{ "Web": { "PublicAddress": "https://refunds.example.com" } }""", "SignIn.Kind is development")]
    [InlineData("""{ "Web": { "PublicAddress": "http://refunds.example.com" }, "SignIn": { "Kind": "appService" } }""", "Web.PublicAddress must begin with https://")]
    [InlineData("""{ "SignIn": { "Kind": "magic" } }""", "SignIn.Kind is 'magic'; it is one of development, proxy, appService")]
    [InlineData("""{ "SignIn": { "Kind": "proxy" } }""", "SignIn.ProxyAddresses is missing")]
    [InlineData("""{ "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.5", "the-proxy"] } }""", "SignIn.ProxyAddresses holds 'the-proxy'")]
    [InlineData("""{ "SignIn": { "ProxyAddresses": ["10.0.0.5"] } }""", "SignIn.ProxyAddresses is only for Kind \"proxy\"")]
    [InlineData("""{ "Stripe": { "Mode": "test" } }""", "Stripe is real, so its key must come from your own vault or key file")]
    [InlineData("""{ "Stripe": { }, "Keys": { "File": "k" } }""", "Stripe.Mode is missing")]
    [InlineData("""{ "Stripe": { "Mode": "live" }, "Keys": { "File": "k" } }""", "SignIn.Kind is development, which must not approve live money")]
    [InlineData("""{ "Stripe": { "Mode": "test", "Address": "http://stripe.example.com" }, "Keys": { "File": "k" } }""", "Stripe.Address must begin with https://")]
    [InlineData("""{ "Keys": { "File": "k", "VaultAddress": "https://v.vault.azure.net" } }""", "Keys.File and Keys.VaultAddress are both given")]
    [InlineData("""{ "Keys": { } }""", "Keys.VaultAddress is missing")]
    [InlineData("""{ "Keys": { "VaultAddress": "http://v.vault.azure.net" } }""", "Keys.VaultAddress must begin with https://")]
    [InlineData("""{ "Mail": { "Endpoint": "https://m.communication.azure.com", "SmtpHost": "smtp", "Sender": "a@example.com" }, "Keys": { "File": "k" } }""", "Mail.SmtpHost and Mail.Endpoint are both given")]
    [InlineData("""{ "Mail": { "SmtpHost": "smtp" }, "Keys": { "File": "k" } }""", "Mail.Sender is missing")]
    [InlineData("""{ "Mail": { "SmtpHost": "smtp", "Sender": "support" }, "Keys": { "File": "k" } }""", "Mail.Sender is no mail address")]
    [InlineData("""{ "Mail": { "Sender": "a@example.com" }, "Keys": { "File": "k" } }""", "Mail.Endpoint is missing")]
    [InlineData("""{ "Teams": { } }""", "Teams.Webhook is missing")]
    [InlineData("""{ "Teams": { "Webhook": "on" } }""", "Teams.Webhook is real")]
    [InlineData("""{ "Model": { "Address": "https://m.example.com/v1" }, "Keys": { "File": "k" } }""", "Model.Name is missing")]
    [InlineData("""{ "Model": { "Address": "ftp://m", "Name": "x" }, "Keys": { "File": "k" } }""", "Model.Address is no address")]
    [InlineData("""{ "Mailbox": { "Address": "nobody", "GraphAddress": "http://127.0.0.1:1" } }""", "Mailbox.Address is no mail address")]
    [InlineData("""{ "Mailbox": { "Address": "a@example.com" } }""", "Mailbox is real, and Graph tells of new mail over the internet")]
    [InlineData("""{ "Mailbox": { "Use": "off", "ClientId": "x" }, "Keys": { "File": "k" } }""", "Mailbox.TenantId is missing")]
    public void Fault_IsOneSentenceThatNamesTheSetting(string json, string sentence)
    {
        string fault = Assert.Single(Faults(json));

        Assert.StartsWith(sentence, fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralFaults_AreToldAtOnce() =>
        Assert.Equal(3, Faults("""{ "Web": { "Port": 0, "Listen": "x" }, "Teams": { "Webhook": "maybe" } }""").Count);

    [Theory]
    [InlineData(""" "Stripe": { "Mode": "test" } """)]
    [InlineData(""" "Mail": { "SmtpHost": "smtp.example.com", "Sender": "support@example.com" } """)]
    [InlineData(""" "Mail": { "Endpoint": "https://m.communication.azure.com", "Sender": "support@example.com" } """)]
    [InlineData(""" "Teams": { "Webhook": "on" } """)]
    [InlineData(""" "Model": { "Address": "https://m.example.com/v1", "Name": "reader" } """)]
    [InlineData(""" "Mailbox": { "Address": "support@example.com", "TenantId": "t", "ClientId": "c" }, "Web": { "PublicAddress": "https://r.example.com" }, "SignIn": { "Kind": "appService" } """)]
    public void RealService_CanBeSwappedInAlone(string section)
    {
        LocalSettings settings = Read($"{{ {section}, {RealKeys} }}");

        Assert.NotNull(settings.Keys);
        Assert.True(settings.UsesSandbox);
    }

    [Fact]
    public void Live_WithProxyAndRealKeys_IsTaken()
    {
        LocalSettings settings = Read($$"""{ "Stripe": { "Mode": "live" }, "SignIn": { "Kind": "proxy", "ProxyAddresses": ["10.0.0.0/24"] }, {{RealKeys}} }""");

        Assert.Equal(StripeMode.Live, settings.Stripe!.Mode);
        Assert.Equal(StripeSettings.RealAddress, settings.Stripe.Address);
    }

    [Fact]
    public void Environment_OverridesTheFile()
    {
        LocalSettings settings = Read("""{ "Web": { "Port": 7300 } }""", new() { ["ORCHESTRATOR__Web__Port"] = "8123", ["ORCHESTRATOR__SIGNIN__KIND"] = "proxy", ["ORCHESTRATOR__SignIn__ProxyAddresses"] = "10.0.0.5, 10.0.0.6" });

        Assert.Equal(8123, settings.Web.Port);
        Assert.Equal(["10.0.0.5", "10.0.0.6"], settings.SignIn.ProxyAddresses);
    }

    [Fact]
    public void EnvironmentFault_NamesTheVariable()
    {
        string fault = Assert.Single(Faults("{}", new() { ["ORCHESTRATOR__Web__Port"] = "x" }));

        Assert.Contains("ORCHESTRATOR__Web__Port", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void AzureFunctionsOwnParts_AreLeftToIt() =>
        Assert.Empty(Faults("""{ "IsEncrypted": false, "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true" } }"""));

    [Fact]
    public void Path_BeginsAtTheSettingsFile()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.In("keys.json"), Read("""{ "Keys": { "File": "keys.json" } }""", folder: folder).Keys!.File);
    }

    [Fact]
    public void BrokenFile_NamesItsLine()
    {
        LocalException wrong = Assert.Throws<LocalException>(() => Read("{\n  // a comment\n  \"Web\": { \"Port\" 1 }\n}"));

        Assert.Contains("line 3", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamedFileThatIsMissing_IsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<LocalException>(() => SettingsReader.Read(StateFolder.Choose(folder.Path), folder.In("none.json"), new Hashtable()));
    }

    [Fact]
    public void Sample_IsRightAsItStands()
    {
        LocalSettings settings = Read(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));

        Assert.Equal(LocalSettings.AllPlayed.Web, settings.Web);
        Assert.Equal(IPAddress.Loopback, settings.Web.Listen);
    }

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

    private static IReadOnlyCollection<string> SectionsOf(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("s.json"), json);
        return SettingsSource.Load(folder.In("s.json"), mustExist: true, new Hashtable()).Sections;
    }

    private static LocalSettings Read(string json, Hashtable? environment = null, TemporaryFolder? folder = null)
    {
        using TemporaryFolder? own = folder is null ? new() : null;
        string file = (folder ?? own!).In("local.settings.json");
        File.WriteAllText(file, json);
        return SettingsReader.Read(StateFolder.Choose(own?.Path ?? folder!.Path), file, environment ?? []);
    }

    private static IReadOnlyList<string> Faults(string json, Hashtable? environment = null)
    {
        try
        {
            _ = Read(json, environment);
            return [];
        }
        catch (LocalException wrong)
        {
            return wrong.Message.Split(Environment.NewLine);
        }
    }
}
