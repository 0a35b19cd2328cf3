using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Stripe's events as Stripe sends them: more than once, out of order, late; and as somebody else would.</summary>
public sealed class StripeWebhookTests
{
    [Fact]
    public async Task Events_TwiceOutOfOrderForgedAndLate_GiveOneEndAndAPersonForTheFailure()
    {
        string email = Unique.Mail("events");
        string order = Unique.Order("4501");
        await using Scene scene = await Scene.StartAsync();
        SandboxProcess sandbox = scene.Sandbox;
        await sandbox.PostAsync(sandbox.Stripe, "_sandbox/stripe/settings", new JsonObject { ["webhooks"] = new JsonObject { ["duplicates"] = 2, ["disorder"] = true, ["delivery"] = false } });
        string charge = await scene.SellAsync(email, "Eva Events", 4200, "eur", order, "pm_card_pendingRefund");
        string caseId = await scene.SendMailAsync(email, order, $"Please refund my order {order}, it never arrived.");
        await scene.ApproveAsync((await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        await scene.WaitForPhaseAsync(caseId, "settling");
        string refund = Assert.Single(await scene.RefundsAsync(charge))["id"]!.GetValue<string>();

        Assert.Equal(401, await ForgeAsync(scene, caseId, refund));
        Assert.Equal("settling", (await scene.CaseAsync(caseId))["phase"]!.GetValue<string>());
        Assert.Empty(await TakenAsync(scene, caseId));

        foreach (string status in new[] { "requires_action", "pending", "succeeded" })
        {
            await AdvanceAsync(scene, refund, status);
        }

        await sandbox.PostAsync(sandbox.Stripe, "_sandbox/stripe/settings", new JsonObject { ["webhooks"] = new JsonObject { ["delivery"] = true } });
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        await Eventually.TrueAsync(async () => (await TakenAsync(scene, caseId)).Contains("Succeeded"), Eventually.Patience, () => "The event did not come.");
        Assert.Single(await scene.RefundsAsync(charge));
        await scene.AssertToldThatItIsOnItsWayAndMadeAsync(email);
        int cards = (await scene.CardsOfAsync(caseId)).Count;

        await AdvanceAsync(scene, refund, "failed");
        await Eventually.TrueAsync(async () => (await TakenAsync(scene, caseId)).Contains("Failed"), Eventually.Patience, () => "The failure was not told.");
        await Eventually.TrueAsync(async () => (await scene.CardsOfAsync(caseId)).Count > cards, Eventually.Patience, () => "Nobody was told of the failure.");
        JsonNode reopened = Assert.Single(await scene.FindCasesAsync(caseId), one => one["caseId"]!.GetValue<string>() != caseId);
        Assert.Equal("refundFailed", (await scene.WaitForEndAsync(reopened["caseId"]!.GetValue<string>()))["end"]!.GetValue<string>());
        Assert.Equal(cards + 1, (await scene.CardsOfAsync(caseId)).Count);
        await scene.AssertToldThatItIsOnItsWayAndMadeAsync(email);
        string[] recorded = [.. (await scene.AuditAsync(caseId)).Select(record => record["entry"]!).Where(entry => entry["tool"]!.GetValue<string>() == "stripe.webhook.take").Select(entry => entry["arguments"]!.GetValue<string>())];
        Assert.Equal(recorded.Distinct(), recorded);
        await scene.AssertChainHoldsAsync();
    }

    private static Task AdvanceAsync(Scene scene, string refund, string status) =>
        scene.Sandbox.PostAsync(scene.Sandbox.Stripe, $"_sandbox/stripe/refunds/{refund}/advance", new JsonObject { ["status"] = status });

    /// <summary>The status that each event told, oldest first.</summary>
    private static async Task<IReadOnlyList<string>> TakenAsync(Scene scene, string caseId) =>
        [.. (await scene.AuditAsync(caseId)).Select(record => record["entry"]!).Where(entry => entry["tool"]!.GetValue<string>() == "stripe.webhook.take")
            .Select(entry => JsonNode.Parse(entry["arguments"]!.GetValue<string>())!["status"]!.GetValue<string>())];

    /// <summary>An event that says what would end the case, signed with a secret that is not Stripe's.</summary>
    private static async Task<int> ForgeAsync(Scene scene, string caseId, string refund)
    {
        string body = new JsonObject
        {
            ["id"] = "evt_forged",
            ["object"] = "event",
            ["type"] = "refund.failed",
            ["data"] = new JsonObject { ["object"] = new JsonObject { ["id"] = refund, ["object"] = "refund", ["status"] = "failed", ["metadata"] = new JsonObject { ["case_id"] = caseId } } },
        }.ToJsonString();
        string time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string mac = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("whsec_guessed"u8, Encoding.UTF8.GetBytes($"{time}.{body}")));
        using HttpClient http = scene.Head.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Stripe-Signature", $"t={time},v1={mac}");
        using HttpResponseMessage answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
