using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>A backup does not know of the refund that was made after it; the shop's ledger does, and there must be one.</summary>
public sealed class BackupStoryTests
{
    [OwnHeadFact("it is backed up, stopped and restored")]
    public async Task BackupBetweenApprovalAndRefund_Restored_RefundsOnceAndTellsTheCustomer()
    {
        await using Scene scene = await Scene.StartAsync();
        string charge = await scene.SellAsync("backup@customer.example", "Bea Backup", 4200, "eur", "W-5301");
        string caseId = await scene.SendMailAsync("backup@customer.example", "Refund", "Please refund order W-5301, it never arrived.");
        string approvalId = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        // Stripe turns the refund away for a while, so that the backup falls between the decision and the refund.
        await scene.Sandbox.FaultAsync(scene.Sandbox.Stripe, new JsonObject { ["method"] = "POST", ["path"] = "/v1/refunds", ["kind"] = "status", ["status"] = 429, ["times"] = 0 });
        await scene.ApproveAsync(approvalId);
        await Eventually.TrueAsync(
            async () => (await scene.AuditAsync(caseId)).Any(record => record["entry"]!["keyName"]?.GetValue<string>() == "stripe-refund"), Eventually.Patience, () => "No refund was tried.");
        string backup = Path.Combine(scene.Folder, "backup.tar");
        CommandResult made = await CommandLine.RunAsync(scene.State, "hub", "backup", backup, "-o", "json");
        Assert.True(made.Exit == 0, made.Error);
        Assert.Empty(await scene.RefundsAsync(charge));

        await scene.Sandbox.MendAsync(scene.Sandbox.Stripe);
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await scene.RefundsAsync(charge));
        Assert.Equal(0, await scene.Head.StopAsync());

        CommandResult restored = await CommandLine.RunAsync(scene.State, "hub", "restore", backup, "--as", "ana@example.com", "--reason", "the disk was exchanged", "-o", "json");
        Assert.True(restored.Exit == 0, restored.Error);
        Assert.True(restored.Json["replacedRows"]!.GetValue<long>() > restored.Json["hubRows"]!.GetValue<long>());
        await scene.StartHeadAsync();
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        Assert.Single(await scene.RefundsAsync(charge));
        Assert.NotEmpty(await scene.MailsToAsync("backup@customer.example"));
        await scene.AssertChainHoldsAsync();
        CommandResult verdict = await CommandLine.RunAsync(scene.State, "hub", "verify", "-o", "json");
        Assert.True(verdict.Exit == 0, verdict.Out + verdict.Error);
    }
}
