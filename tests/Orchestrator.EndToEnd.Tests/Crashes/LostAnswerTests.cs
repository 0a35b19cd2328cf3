using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The outside acts, and its answer never comes.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private Scene _scene = null!;

    public async Task InitializeAsync() => _scene = await Scene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task RefundWhoseAnswerIsLost_IsFoundAndNotMadeAgain()
    {
        string email = Unique.Mail("adopt");
        string order = Unique.Order("5111");
        string charge = await _scene.SellAsync(email, "Ada Adopt", 4200, "eur", order);
        string caseId = await _scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        // Stripe's own client sends twice more by itself before it gives up.
        await _scene.Sandbox.FaultAsync(_scene.Sandbox.Stripe, new JsonObject { ["method"] = "POST", ["path"] = "/v1/refunds", ["kind"] = "cutAfter", ["times"] = 3 });
        await _scene.ApproveAsync(approvalId);
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        string refund = Assert.Single(await _scene.RefundsAsync(charge))["id"]!.GetValue<string>();
        Assert.Single(await _scene.MailsToAsync(email));
        JsonNode[] entries = [.. (await _scene.AuditAsync(caseId)).Select(record => record["entry"]!)];
        string[] made = [.. entries.Where(entry => Text(entry, "tool") == "stripe.refunds.create").Select(entry => Text(entry, "outcome"))];
        Assert.Equal("attempted", made[0]);
        Assert.StartsWith("unknown", made[1], StringComparison.Ordinal);
        Assert.Equal(2, made.Length);
        JsonNode read = entries.Last(entry => Text(entry, "tool") == "stripe.refunds.list");
        Assert.Contains(refund, read["objects"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    [Fact]
    public async Task LostAnswers_EverywhereAtOnce_StillOneRefundAndOneMail()
    {
        string email = Unique.Mail("lost");
        string order = Unique.Order("5101");
        string charge = await _scene.SellAsync(email, "Lis Lost", 4200, "eur", order);
        foreach (Uri standIn in new[] { _scene.Sandbox.Stripe, _scene.Sandbox.Mail, _scene.Sandbox.Teams })
        {
            await _scene.Sandbox.FaultAsync(standIn, new JsonObject { ["method"] = "POST", ["kind"] = "cutAfter", ["times"] = 1 });
            await _scene.Sandbox.FaultAsync(standIn, new JsonObject { ["kind"] = "status", ["status"] = 500, ["times"] = 1 });
        }

        string caseId = await _scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.");
        await _scene.ApproveAsync((await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Single(await _scene.MailsToAsync(email));
    }

    private static string Text(JsonNode entry, string name) => entry[name]!.GetValue<string>();
}
