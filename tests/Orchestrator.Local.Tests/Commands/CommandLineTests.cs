using Orchestrator.Local.Commands;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--port 7301 --log-format json --state x")]
    [InlineData("demo -o json")]
    [InlineData("cases list --status refunded --search ch_1 --limit 5 -o json")]
    [InlineData("cases list --id ch_1")]
    [InlineData("cases suspend case-1 --as ana@example.com --reason why")]
    [InlineData("cases resume case-1 --as ana@example.com --reason why -o json")]
    [InlineData("cases rewind case-1 --as ana@example.com --reason why")]
    [InlineData("cases end case-1 --as ana@example.com --reason why")]
    [InlineData("cases purge case-1 --as ana@example.com --reason why")]
    [InlineData("cases show case-1 --state x")]
    [InlineData("cases watch case-1 --exit-status")]
    [InlineData("approvals list --show done -o text")]
    [InlineData("approvals approve case-1-r1 --as ana@example.com --amount 12.50 --charge ch_1")]
    [InlineData("approvals deny case-1-r1 --as ana@example.com --reason no")]
    [InlineData("inbox send --from a@example.com --subject s --text t --thread x --message-id y")]
    [InlineData("audit show --case case-1")]
    [InlineData("approvals approve case-1-r1 --url https://refunds.example.com")]
    [InlineData("cases end case-1 --reason why --url https://refunds.example.com")]
    [InlineData("inbox send --from a@example.com --text t --url https://refunds.example.com")]
    [InlineData("audit verify -o json")]
    [InlineData("audit export --file x")]
    [InlineData("doctor -o json")]
    [InlineData("hub verify -o json")]
    [InlineData("hub verify --accept-loss --as ana@example.com --reason why")]
    [InlineData("hub backup b.tar --state x")]
    [InlineData("hub restore b.tar --as ana@example.com --reason why")]
    public void Usage_Right_HasNoErrors(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("refund everything")]
    [InlineData("cases")]
    [InlineData("cases show")]
    [InlineData("cases suspend case-1 --as ana@example.com")]
    [InlineData("cases purge case-1 --reason why")]
    [InlineData("cases list -o xml")]
    [InlineData("--port 0")]
    [InlineData("--log-format loud")]
    [InlineData("approvals approve case-1-r1")]
    [InlineData("approvals deny case-1-r1 --as ana@example.com")]
    [InlineData("approvals deny case-1-r1 --as ana@example.com --amount 3 --reason no")]
    [InlineData("inbox send --from a@example.com --subject s")]
    [InlineData("inbox send --from a@example.com --text t --text-file f")]
    [InlineData("inbox send --text t")]
    [InlineData("audit verify --url https://refunds.example.com")]
    [InlineData("hub verify --url https://refunds.example.com")]
    [InlineData("hub backup")]
    [InlineData("hub restore")]
    [InlineData("hub verify --accept-loss")]
    [InlineData("hub verify --accept-loss --as ana@example.com")]
    public void Usage_Wrong_HasErrors(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Fact]
    public async Task WrongUsage_ExitsTwo_WithoutAWordOnStdout()
    {
        Ran ran = await Executable.RunAsync(["cases", "list", "-o", "xml"]);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Out));
        Assert.Contains("--help", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingRuns_ExitsOne_AndSaysWhatToType()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Executable.RunAsync(["cases", "list", "--state", folder.Path]);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Out));
        Assert.Contains($"--state {folder.Path}", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WhereAProxySignsIn_ExitsFour_AndNamesThePage()
    {
        using var folder = new TemporaryFolder();
        var state = StateFolder.Choose(folder.Path);
        new ServingEndpoint(new("http://127.0.0.1:9"), new("https://refunds.example.com/"), 1, "proxy", DateTimeOffset.UnixEpoch).Write(state);
        _ = OwnSecret.Keep(state.OperatorToken);

        Ran ran = await Executable.RunAsync(["approvals", "approve", "case-1-r1", "--as", "ana@example.com", "--state", folder.Path]);

        Assert.Equal(4, ran.ExitCode);
        Assert.Contains("https://refunds.example.com/approvals/case-1-r1", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSettings_StopTheStart_WithOneSentenceEach()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Executable.RunAsync(["--state", folder.In("state")], ("ORCHESTRATOR__Web__Port", "none"), ("ORCHESTRATOR__Teams__Webhook", "on"));

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal(2, ran.Error.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task UnrestrictedLiveKey_StopsTheStart_AndIsNotShown()
    {
        using var folder = new TemporaryFolder();
        string secret = "sk_live_" + new string('x', 30);
        PrivateFile.Write(folder.In("keys.json"), $$"""{ "stripe-read": [ { "version": "1", "value": "{{secret}}" } ], "stripe-refund": [ { "version": "1", "value": "{{secret}}" } ] }""");

        Ran ran = await Executable.RunAsync(["--state", folder.In("state")], [.. Live(folder)]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("https://dashboard.stripe.com/apikeys/create", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, ran.Error + ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CrashPoint_BesideLiveMoney_StopsTheStart()
    {
        using var folder = new TemporaryFolder();

        Ran ran = await Executable.RunAsync(["--state", folder.In("state")], [.. Live(folder), ("ORCHESTRATOR_CRASH_AT", "AfterCommit")]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("does not run with live money", ran.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> Live(TemporaryFolder folder) =>
    [
        ("ORCHESTRATOR__Stripe__Mode", "live"), ("ORCHESTRATOR__Keys__File", folder.In("keys.json")),
        ("ORCHESTRATOR__SignIn__Kind", "proxy"), ("ORCHESTRATOR__SignIn__ProxyAddresses", "10.0.0.5"), ("ORCHESTRATOR__SignIn__UserHeader", "X-Forwarded-Email"),
    ];

    private static System.CommandLine.ParseResult Parse(string line) => RootVerb.Build().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
