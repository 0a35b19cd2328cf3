using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>The verbs beside a process that serves, and without one: what programs read from them, and what they exit with.</summary>
public sealed class CommandLineTests
{
    private Scene _scene = null!;

    [OwnHeadFact("the verbs work on its state folder")]
    public async Task Verbs_OverARunningProcess_AnswerJsonAndExitCodes()
    {
        await using Scene scene = _scene = await Scene.StartAsync();
        string charge = await scene.SellAsync("cli@customer.example", "Cleo Cli", 4200, "eur", "W-4601");
        string caseId = await scene.SendMailAsync("cli@customer.example", "W-4601", "Please refund my order W-4601, it never arrived.");
        string approvalId = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        Assert.Equal(caseId, (await JsonAsync("cases", "list"))["cases"]!.AsArray().Single()!["caseId"]!.GetValue<string>());
        Assert.Equal("awaitingApproval", (await JsonAsync("cases", "show", caseId))["case"]!["phase"]!.GetValue<string>());
        Assert.Equal(approvalId, (await JsonAsync("approvals", "list"))["approvals"]!.AsArray().Single()!["approvalId"]!.GetValue<string>());
        await RefusedAsync(2, "A denial needs --reason.", "approvals", "deny", approvalId, "--as", Scene.Ana);
        JsonNode denied = await JsonAsync("approvals", "deny", approvalId, "--as", Scene.Ana, "--reason", "Not covered by our terms", "--no-mail");
        Assert.Equal("denied", denied["approval"]!["conclusion"]!["kind"]!.GetValue<string>());
        await RefusedAsync(1, "ana", "approvals", "deny", approvalId, "--as", "ben@example.com", "--reason", "Too late");
        Assert.Equal("denied", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Empty(await scene.RefundsAsync(charge));
        Assert.Empty(await scene.MailsToAsync("cli@customer.example"));

        Assert.Contains((await JsonAsync("audit", "show", "--case", caseId))["records"]!.AsArray(), record => record!["entry"]!["tool"]!.GetValue<string>() == "approvals.deny");
        JsonNode verdict = await JsonAsync("audit", "verify");
        Assert.True(verdict["holds"]!.GetValue<bool>());
        CommandResult export = await CommandLine.RunAsync(scene.State, "audit", "export");
        string[] lines = export.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, export.Exit);
        Assert.Equal(Enumerable.Range(1, lines.Length), lines.Select(line => JsonNode.Parse(line)!["sequence"]!.GetValue<int>()));
        Assert.True(lines.Length >= verdict["records"]!.GetValue<int>());
        JsonNode diagnosis = await JsonAsync("doctor");
        Assert.Equal(0, diagnosis["wrong"]!.GetValue<int>());
        Assert.NotEmpty(diagnosis["findings"]!.AsArray());

        await RefusedAsync(1, "case-unknown", "cases", "show", "case-unknown");
        await RefusedAsync(2, "--help", "cases", "shwo", caseId);
        await RefusedAsync(2, "yaml", "cases", "list", "--output", "yaml");
    }

    [OwnHeadFact("the verbs work on its state folder")]
    public async Task SecondProcess_OnTheSameState_IsRefusedAtOnce_AndTheFirstGoesOn()
    {
        await using Scene scene = await Scene.StartAsync();
        TimeSpan quickest = TimeSpan.MaxValue;

        // The quickest of three: a machine that is busy with something else says nothing about the product.
        for (int attempt = 0; attempt < 3 && quickest > TimeSpan.FromSeconds(2); attempt++)
        {
            long begun = System.Diagnostics.Stopwatch.GetTimestamp();
            CommandResult second = await CommandLine.RunAsync(scene.State);
            quickest = System.Diagnostics.Stopwatch.GetElapsedTime(begun) is var elapsed && elapsed < quickest ? elapsed : quickest;
            Assert.Equal(1, second.Exit);
            Assert.Contains($"already runs on {scene.State}", second.Error, StringComparison.Ordinal);
            Assert.Contains(scene.Address.AbsoluteUri, second.Error, StringComparison.Ordinal);
        }

        Assert.True(quickest < TimeSpan.FromSeconds(2), $"{quickest}");
        await scene.AssertChainHoldsAsync();

        Assert.Equal(0, await scene.Head.StopAsync());
        foreach (string[] verb in new string[][] { ["cases", "list"], ["approvals", "list"], ["audit", "show"] })
        {
            CommandResult alone = await CommandLine.RunAsync(scene.State, verb);
            Assert.Equal(1, alone.Exit);
            Assert.Contains("No orchestrator runs on", alone.Error, StringComparison.Ordinal);
            Assert.Contains($"--state {scene.State}", alone.Error, StringComparison.Ordinal);
            Assert.Empty(alone.Out);
        }
    }

    private async Task<JsonNode> JsonAsync(params string[] verb)
    {
        CommandResult result = await CommandLine.RunAsync(_scene.State, [.. verb, "-o", "json"]);
        Assert.True(result.Exit == 0, $"{string.Join(' ', verb)}: {result.Exit} {result.Out} {result.Error}");
        return result.Json;
    }

    private async Task RefusedAsync(int exit, string says, params string[] verb)
    {
        CommandResult result = await CommandLine.RunAsync(_scene.State, verb);
        Assert.True(result.Exit == exit, $"{string.Join(' ', verb)}: {result.Exit} {result.Out} {result.Error}");
        Assert.Contains(says, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at Orchestrator", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }
}
