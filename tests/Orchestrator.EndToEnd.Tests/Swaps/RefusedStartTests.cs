using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Settings that would be unsafe stop the start: exit 1 and a sentence that says how to mend it, without the key in it.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private const string LiveKey = "sk_live_thismaydoeverything";

    private readonly string _folder = Repository.NewFolder();

    [OwnHeadFact("it must not start")]
    public async Task KeyFile_ThatOthersMayRead_IsRefused()
    {
        KeyFile keys = Keys("rk_test_read").OpenToOthers();
        CommandResult start = await StartAsync(AllReal(keys));
        AssertRefused(start, "mode 644", $"chmod 600 {keys.Path}");
    }

    [OwnHeadFact("it must not start")]
    public async Task LiveKeyThatMayDoEverything_IsRefusedWithHowToMakeARestrictedOne()
    {
        CommandResult start = await StartAsync(AllReal(Keys(LiveKey), ("Stripe__Mode", "live"), ("SignIn__Kind", "proxy"), ("SignIn__ProxyAddresses", "127.0.0.1"), ("SignIn__UserHeader", "X-Forwarded-Email")));
        AssertRefused(start, "stripe-read", "restricted", "https://dashboard.stripe.com/apikeys/create", "read on \"Customers\"");
        Assert.DoesNotContain(LiveKey, start.Error, StringComparison.Ordinal);
    }

    [OwnHeadFact("it must not start")]
    public async Task LiveMode_WithDevelopmentSignIn_IsRefused() =>
        AssertRefused(await StartAsync(AllReal(Keys("rk_live_read"), ("Stripe__Mode", "live"))), "SignIn.Kind", "must not approve live money");

    [OwnHeadFact("it must not start")]
    public async Task BothWaysOfMail_AreRefused() =>
        AssertRefused(await StartAsync(AllReal(Keys("rk_test_read"), ("Mail__Endpoint", "https://mail.communication.azure.com"))), "Mail.SmtpHost", "both given");

    [OwnHeadFact("it must not start")]
    public async Task DevelopmentSignIn_OnAnAddressThatOthersReach_IsRefused() =>
        AssertRefused(await StartAsync(Settings(("Web__Listen", "0.0.0.0"))), "SignIn.Kind", "loopback only");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertRefused(CommandResult start, params string[] words)
    {
        Assert.True(start.Exit == 1, start.Out + start.Error);
        Assert.All(words, word => Assert.Contains(word, start.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at Orchestrator", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ready", start.Out, StringComparison.Ordinal);
    }

    private Task<CommandResult> StartAsync(Dictionary<string, string> settings) => CommandLine.RunAsync(Path.Combine(_folder, "state"), settings);

    private KeyFile Keys(string stripe) => new KeyFile(Path.Combine(_folder, "keys.json")).Add("stripe-read", stripe).Add("stripe-refund", stripe).Add("inbox-signature", "signs mails");

    /// <summary>Nothing is left for the sandbox to play, so none is started.</summary>
    private static Dictionary<string, string> AllReal(KeyFile keys, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> settings = Settings(
            ("Stripe__Mode", "test"), ("Stripe__Address", "http://127.0.0.1:9/"), ("Keys__File", keys.Path), ("Mail__SmtpHost", "127.0.0.1"), ("Mail__Sender", "support@shop.example"),
            ("Teams__Webhook", "off"), ("Mailbox__Use", "off"));
        foreach ((string name, string value) in Settings(more))
        {
            settings[name] = value;
        }

        return settings;
    }

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary(one => "ORCHESTRATOR__" + one.Name, one => one.Value);
}
