using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>The vault gets new versions of both Stripe keys while a person thinks, and Stripe takes the old ones no more.</summary>
public sealed class KeyRotationTests
{
    [Fact]
    public async Task KeysRotatedBetweenTwoSteps_TheNextStepUsesTheNewOnes()
    {
        await using Scene scene = await Scene.StartAsync();
        string email = Unique.Mail("rotate");
        string order = Unique.Order("5201");
        string charge = await scene.SellAsync(email, "Rob Rotate", 4200, "eur", order);
        string caseId = await scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.");
        string approvalId = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        string read = await RotateAsync(scene, "stripe-read", "rak_customer_read", "rak_charge_read", "rak_dispute_read", "rak_subscription_read");
        string refund = await RotateAsync(scene, "stripe-refund", "rak_charge_write");
        await scene.ApproveAsync(approvalId);
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        Assert.Single(await scene.RefundsAsync(charge));
        JsonNode[] entries = [.. (await scene.AuditAsync(caseId)).Select(record => record["entry"]!)];
        string[] reads = [.. entries.Where(entry => entry["keyName"]?.GetValue<string>() == "stripe-read").Select(Version).Distinct()];
        Assert.Equal(2, reads.Length);
        Assert.Equal(read, reads[1]);
        Assert.All(entries.Where(entry => entry["tool"]!.GetValue<string>() == "stripe.refunds.create"), entry => Assert.Equal(refund, Version(entry)));
    }

    /// <summary>Gives the new version's name.</summary>
    private static async Task<string> RotateAsync(Scene scene, string name, params string[] permissions)
    {
        string old = await VaultSecrets.GetAsync(scene.Sandbox, name);
        string fresh = Unique.StripeKey(name.Replace("-", "", StringComparison.Ordinal));
        await scene.Sandbox.PostAsync(
            scene.Sandbox.Stripe, "_sandbox/stripe/keys", new JsonObject { ["key"] = fresh, ["permissions"] = new JsonArray([.. permissions.Select(one => (JsonNode)one)]) });
        string version = await VaultSecrets.PutAsync(scene.Sandbox, name, fresh);
        await scene.Sandbox.PostAsync(scene.Sandbox.Stripe, "_sandbox/stripe/keys/expire", new JsonObject { ["key"] = old });
        return version;
    }

    private static string Version(JsonNode entry) => entry["keyVersion"]!.GetValue<string>();
}
