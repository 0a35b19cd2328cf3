using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>What an operator does to a case from the command line, beside a process that serves.</summary>
public sealed class OperatorVerbsTests
{
    private const string Words = "Petra Kunde phoned about it";

    [OwnHeadFact("the verbs work on its state folder")]
    public async Task Case_IsFoundByItsCharge_Suspended_Resumed_Ended_AndPurged()
    {
        await using Scene scene = await Scene.StartAsync();
        string charge = await scene.SellAsync("ops@customer.example", "Olga Ops", 4200, "eur", "W-4701");
        string caseId = await scene.SendMailAsync("ops@customer.example", "W-4701", "Please refund my order W-4701, it never arrived.");
        await scene.WaitForApprovalAsync(caseId);

        Assert.Equal(caseId, (await ActAsync(scene, 0, "cases", "list", "--id", charge, "-o", "json")).Json["cases"]!.AsArray().Single()!["caseId"]!.GetValue<string>());
        Assert.Equal("suspended", (await OperateAsync(scene, 0, "suspend", caseId, "-o", "json")).Json["case"]!["standing"]!.GetValue<string>());
        Assert.Contains("So it can't be done now: suspend.", (await OperateAsync(scene, 1, "suspend", caseId)).Error, StringComparison.Ordinal);
        Assert.Contains("can't be done now: rewind", (await OperateAsync(scene, 1, "rewind", caseId)).Error, StringComparison.Ordinal);
        Assert.Contains("goes on", (await OperateAsync(scene, 0, "resume", caseId)).Out, StringComparison.Ordinal);
        Assert.Contains("can't be done now: purge", (await OperateAsync(scene, 1, "purge", caseId)).Error, StringComparison.Ordinal);
        Assert.Equal("terminated", (await OperateAsync(scene, 0, "end", caseId, "-o", "json")).Json["case"]!["standing"]!.GetValue<string>());
        JsonNode shown = (await ActAsync(scene, 0, "cases", "show", caseId, "-o", "json")).Json;
        Assert.Equal(["cases.suspend", "cases.resume", "cases.terminate"], shown["notes"]!.AsArray().Select(note => note!["act"]!.GetValue<string>()));
        Assert.Contains("is purged", (await OperateAsync(scene, 0, "purge", caseId)).Out, StringComparison.Ordinal);
        await ActAsync(scene, 1, "cases", "show", caseId);

        // The words stand in the records' case file and nowhere else.
        Assert.Equal(0, await scene.Head.StopAsync());
        foreach (string file in Directory.GetFiles(scene.State).Where(file => !Path.GetFileName(file).StartsWith("records.db", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(Words, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }

        await scene.StartHeadAsync();
        await ActAsync(scene, 1, "cases", "show", caseId);
        Assert.Contains((await ActAsync(scene, 0, "audit", "show", "--case", caseId, "-o", "json")).Json["records"]!.AsArray(), record => record!["entry"]!["tool"]!.GetValue<string>() == "cases.purge");
    }

    private static Task<CommandResult> OperateAsync(Scene scene, int exit, string verb, string caseId, params string[] more) =>
        ActAsync(scene, exit, ["cases", verb, caseId, "--as", Scene.Ana, "--reason", Words, .. more]);

    private static async Task<CommandResult> ActAsync(Scene scene, int exit, params string[] verb)
    {
        CommandResult result = await CommandLine.RunAsync(scene.State, verb);
        Assert.True(result.Exit == exit, $"{string.Join(' ', verb)}: {result.Exit} {result.Out} {result.Error}");
        return result;
    }
}
