using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Mail by Microsoft Graph's change notifications.</summary>
public sealed class SharedMailboxTests
{
    [Fact]
    public async Task Notifications_OpenOneCaseEach_AndNoneWithAWrongClientState()
    {
        await using Scene scene = await Scene.StartAsync();
        SandboxProcess sandbox = scene.Sandbox;
        await Eventually.TrueAsync(
            async () => (await sandbox.GetAsync(sandbox.Graph, "/_sandbox/graph/subscriptions"))["subscriptions"]!.AsArray().Count == 1, Eventually.Patience, () => "The mailbox was never subscribed to.");
        string email = Unique.Mail("hetty");
        string order = Unique.Order("4401");
        string charge = await scene.SellAsync(email, "Hetty Html", 4200, "eur", order);
        JsonNode told = await ArriveAsync(scene, email, order, new() { ["duplicates"] = 2 });
        Assert.Equal([202, 202, 202], told["notified"]!.AsArray().Select(one => one!["status"]!.GetValue<int>()));

        string caseId = Assert.Single(await scene.FindCasesAsync(email))["caseId"]!.GetValue<string>();
        JsonNode approval = await scene.WaitForApprovalAsync(caseId);
        string pretender = Unique.Mail("pretender");
        JsonNode forged = await ArriveAsync(scene, pretender, Unique.Order("4402"), new() { ["wrongClientState"] = true });
        Assert.All(forged["notified"]!.AsArray(), one => Assert.Equal(401, one!["status"]!.GetValue<int>()));
        Assert.Empty(await scene.FindCasesAsync(pretender));

        await scene.ApproveAsync(approval["approvalId"]!.GetValue<string>());
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await scene.RefundsAsync(charge));
        Assert.Single(await scene.MailsToAsync(email));
    }

    private static async Task<JsonNode> ArriveAsync(Scene scene, string from, string order, JsonObject notify) => (await scene.Sandbox.PostAsync(
        scene.Sandbox.Graph,
        "/_sandbox/graph/messages",
        new JsonObject
        {
            ["from"] = new JsonObject { ["name"] = "A Customer", ["address"] = from },
            ["subject"] = order,
            ["html"] = $"<html><head><style>p {{ color: red }}</style></head><body><p>Hello,</p><p>please <b>refund</b> my order {order}, it never arrived.</p></body></html>",
            ["notify"] = notify,
        }))!;
}
