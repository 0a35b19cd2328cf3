using System.Text.Json;
using Orchestrator.Local.State;
using Orchestrator.Local.Tests.Serving;

namespace Orchestrator.Local.Tests.Running;

/// <summary>Verbs that reach an orchestrator by its address, from a state folder that is not its own.</summary>
[Collection(ServingProcess.OneAfterTheOther)]
public sealed class AnywhereTests : IDisposable
{
    private const string PersonalToken = "eyJ0eXAiOiJKV1QifQ.YW5h.c2ln";

    private readonly TemporaryFolder _parent = new();

    private StateFolder There => StateFolder.Choose(_parent.In("there"));

    private StateFolder Here => StateFolder.Choose(_parent.In("here"));

    public void Dispose() => _parent.Dispose();

    [Fact]
    public async Task Url_OfDevelopmentSignIn_IsReadWithATokenOrItsOwnFolder_AndDecidedInByItsOwnerAlone()
    {
        await using ServingProcess serving = await ServingProcess.StartAsync(There);
        string url = serving.Ready.GetProperty("console").GetString()!;
        (string, string) operatorToken = ("ORCHESTRATOR_TOKEN", PrivateFile.ReadOrNull(There.OperatorToken)!);

        await FailsAsync(4, "no operator token in " + Here.Path, ["cases", "list", "--url", url]);
        await FailsAsync(4, "does not take the token in ORCHESTRATOR_TOKEN", ["cases", "list", "--url", url], ("ORCHESTRATOR_TOKEN", PersonalToken));
        await FailsAsync(1, "ORCHESTRATOR__Keys__VaultAddress", [.. Mail, "--url", url], operatorToken);
        Ran sent = await RunAsync([.. Mail, "--url", url], operatorToken, ("ORCHESTRATOR__Sandbox__AddressFile", There.SandboxAddresses));
        Assert.True(sent.ExitCode == 0, sent.Error);
        Assert.Contains($"cases watch {sent.Out.Trim()} --state {Here.Path} --url {url}", sent.Error, StringComparison.Ordinal);

        // Named in the environment; a state folder that is typed outweighs it.
        Ran list = await Executable.RunAsync(["cases", "list", "-o", "json"], operatorToken, ("ORCHESTRATOR_URL", url));
        Assert.Contains(sent.Out.Trim(), list.Out, StringComparison.Ordinal);
        await FailsAsync(1, "No orchestrator runs on " + Here.Path, ["cases", "list"], operatorToken, ("ORCHESTRATOR_URL", url));

        string approval = await ApprovalAsync(url, operatorToken);
        await FailsAsync(2, "leave out --as", ["approvals", "approve", approval, "--as", "ana@example.com", "--url", url], operatorToken);
        await FailsAsync(1, "Only a person may do this", ["approvals", "approve", approval, "--url", url], operatorToken);
        Ran nobody = await Executable.RunAsync(["approvals", "approve", approval, "--url", url, "--state", There.Path]);
        Assert.Equal(2, nobody.ExitCode);
        Ran approved = await Executable.RunAsync(["approvals", "approve", approval, "--as", "ana@example.com", "--url", url, "--state", There.Path]);
        Assert.True(approved.ExitCode == 0, approved.Error);
        Assert.Contains("ana@example.com", approved.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Url_BehindAProxyThatChecksTokens_IsDecidedInByWhomTheTokenProves()
    {
        await using ServingProcess serving = await ServingProcess.StartAsync(There, ("ORCHESTRATOR__SignIn__Kind", "proxy"), ("ORCHESTRATOR__SignIn__ProxyAddresses", "127.0.0.1"), ("ORCHESTRATOR__SignIn__UserHeader", "X-Forwarded-Email"));
        await using CheckingProxy proxy = await CheckingProxy.StartAsync(new(serving.Ready.GetProperty("console").GetString()!), PersonalToken, "ana@example.com");
        (string, string) token = ("ORCHESTRATOR_TOKEN", PersonalToken);
        Ran sent = await Executable.RunAsync([.. Mail, "--state", There.Path]);
        Assert.True(sent.ExitCode == 0, sent.Error);
        string approval = await ApprovalAsync(proxy.Address, token);

        await FailsAsync(4, "does not take the token in ORCHESTRATOR_TOKEN", ["cases", "list", "--url", proxy.Address], ("ORCHESTRATOR_TOKEN", PersonalToken[..^1]));
        await FailsAsync(2, "leave out --as", ["approvals", "approve", approval, "--as", "ben@example.com", "--url", proxy.Address], token);
        string[] past = ["approvals", "approve", approval, "--as", "ana@example.com", "--url", serving.Ready.GetProperty("console").GetString()!, "--state", There.Path];
        Ran withoutCode = await Executable.RunAsync(past);
        PrivateFile.Write(There.SignInCode, "123456");
        Ran withCode = await Executable.RunAsync(past);
        Assert.Equal((4, 4), (withoutCode.ExitCode, withCode.ExitCode));
        Assert.Contains("approvals/" + approval, withoutCode.Error, StringComparison.Ordinal);
        Assert.Equal(withoutCode.Error, withCode.Error);
        Ran approved = await RunAsync(["approvals", "approve", approval, "--url", proxy.Address], token);

        Assert.True(approved.ExitCode == 0, approved.Error);
        Assert.Contains("ana@example.com", approved.Out, StringComparison.OrdinalIgnoreCase);
        Ran watched = await RunAsync(["cases", "watch", sent.Out.Trim(), "--exit-status", "--url", proxy.Address], token);
        Assert.True(watched.ExitCode == 0, watched.Error);
    }

    [Fact]
    public async Task Url_Elsewhere_WithoutAToken_NeedsAScope_AndSaysWhereItStands() =>
        await FailsAsync(4, "api://CLIENT-ID/.default", ["approvals", "list", "--url", "https://refunds.example.com"]);

    [Fact]
    public async Task Url_Elsewhere_InTheClear_IsWrongUsage() =>
        await FailsAsync(2, "http only on this machine", ["audit", "show", "--url", "http://refunds.example.com"], ("ORCHESTRATOR_TOKEN", PersonalToken));

    [Fact]
    public async Task Url_WhereNobodyAnswers_SaysSo() =>
        await FailsAsync(1, "http://127.0.0.1:9/ can't be reached", ["cases", "list", "--url", "http://127.0.0.1:9"], ("ORCHESTRATOR_TOKEN", PersonalToken));

    private static string[] Mail => ["inbox", "send", "--from", "mia.schmidt@example.com", "--subject", "Refund please", "--text", "Order W-1001 never arrived. Please refund me."];

    private async Task<string> ApprovalAsync(string url, (string, string) token)
    {
        for (int attempt = 0; attempt < 30; attempt++)
        {
            Ran list = await RunAsync(["approvals", "list", "-o", "json", "--url", url], token);
            Assert.True(list.ExitCode == 0, list.Error);
            JsonElement approvals = JsonElement.Parse(list.Out).GetProperty("approvals");
            if (approvals.GetArrayLength() > 0)
            {
                return approvals[0].GetProperty("approvalId").GetString()!;
            }
        }

        throw new TimeoutException("No approval was asked for.");
    }

    private async Task FailsAsync(int exitCode, string says, string[] arguments, params (string Name, string Value)[] environment)
    {
        Ran ran = await RunAsync(arguments, environment);
        Assert.True(ran.ExitCode == exitCode, $"{ran.ExitCode}: {ran.Error}");
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
        Assert.Equal("", ran.Out);
    }

    /// <summary>From a state folder that nothing runs on.</summary>
    private Task<Ran> RunAsync(string[] arguments, params (string Name, string Value)[] environment) => Executable.RunAsync([.. arguments, "--state", Here.Path], environment);
}
