using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Somebody with the file changes what happened.</summary>
public sealed class AuditTamperingTests
{
    [OwnHeadFact("its records are tampered with")]
    public async Task ChangedRecord_IsNamedByVerify_AndTheNextStartIsNotSilent()
    {
        await using Scene scene = await Scene.StartAsync();
        _ = await scene.SellAsync("tamper@customer.example", "Tam Per", 4200, "eur", "W-4701");
        string caseId = await scene.SendMailAsync("tamper@customer.example", "W-4701", "Please refund my order W-4701, it never arrived.");
        await scene.ApproveAsync((await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        _ = await scene.WaitForEndAsync(caseId);
        long changed = (await scene.AuditAsync(caseId)).First(record => record["entry"]!["tool"]!.GetValue<string>() == "approvals.approve")["sequence"]!.GetValue<long>();
        Assert.Equal(0, await scene.Head.StopAsync());
        Assert.Equal(0, (await CommandLine.RunAsync(scene.State, "audit", "verify")).Exit);

        await ExchangeAsync(Path.Combine(scene.State, "records.db"), "\"approvals.approve\""u8.ToArray(), "\"approvals.approvE\""u8.ToArray());
        CommandResult verdict = await CommandLine.RunAsync(scene.State, "audit", "verify", "-o", "json");
        Assert.Equal(1, verdict.Exit);
        Assert.False(verdict.Json["holds"]!.GetValue<bool>());
        Assert.Equal(changed, verdict.Json["firstBad"]!.GetValue<long>());
        Assert.Contains($"Record {changed} was changed", verdict.Json["finding"]!.GetValue<string>(), StringComparison.Ordinal);

        await scene.StartHeadAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(scene.Head.Log.Contains($"Record {changed} was changed", StringComparison.Ordinal)), TimeSpan.FromSeconds(10), () => "The start said nothing:\n" + scene.Head.Log);
        CommandResult doctor = await CommandLine.RunAsync(scene.State, "doctor", "-o", "json");
        Assert.Equal(1, doctor.Exit);
        Assert.Contains(doctor.Json["findings"]!.AsArray(), finding => finding!["area"]!.GetValue<string>() == "audit" && finding["health"]!.ToString().Equals("wrong", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task ExchangeAsync(string file, byte[] old, byte[] now)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int at = bytes.AsSpan().IndexOf(old);
        Assert.True(at > 0, "The record is not in the file: the clean stop left it in the write-ahead log.");
        now.CopyTo(bytes, at);
        await File.WriteAllBytesAsync(file, bytes);
    }
}
