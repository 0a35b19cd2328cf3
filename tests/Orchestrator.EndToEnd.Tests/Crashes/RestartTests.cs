using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The head dies while a person thinks.</summary>
public sealed class RestartTests
{
    [RestartFact]
    public async Task ApprovalGivenAfterARestart_RefundsOnceAndTellsTheCustomerOnce()
    {
        await using Scene scene = await Scene.StartAsync();
        string email = Unique.Mail("restart");
        string order = Unique.Order("5401");
        string charge = await scene.SellAsync(email, "Rea Restart", 4200, "eur", order);
        string caseId = await scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.");
        string asked = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        // Nothing but the person is waited for.
        await Eventually.TrueAsync(async () => (await scene.AuditAsync(caseId)).Any(IsCard), Eventually.Patience, () => "No card was posted.");
        await scene.RestartAsync();
        Assert.Equal(asked, (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        Assert.Empty(await scene.RefundsAsync(charge));
        await scene.ApproveAsync(asked);
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        JsonNode refund = Assert.Single(await scene.RefundsAsync(charge));
        Assert.Equal($"{caseId}:refund-1", refund["idempotency_key"]!.GetValue<string>());
        Assert.Single(await scene.MailsToAsync(email));
        await scene.AssertChainHoldsAsync();
    }

    private static bool IsCard(JsonNode record) => record["entry"]!["tool"]!.GetValue<string>() == "teams.card.post" && record["entry"]!["outcome"]!.GetValue<string>() == "succeeded";
}
