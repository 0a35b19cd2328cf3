using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Stripe at an address of its own with keys from a key file: the head knows nothing of the stand-in's Stripe.</summary>
public sealed class StripeSwapTests
{
    private const string FirstRead = "rk_test_readbeforetherotation";
    private const string SecondRead = "rk_test_readaftertherotation";

    [OwnHeadFact("its settings name Stripe and a key file")]
    public async Task KeyFile_RotatedBetweenTwoSteps_TheCaseGoesOnWithTheNewVersion()
    {
        KeyFile keys = null!;
        await using Scene scene = await Scene.StartAsync(async scene => await SettingsAsync(scene, keys = new(Path.Combine(scene.Folder, "keys.json"))));
        string charge = await scene.SellAsync("file@customer.example", "Fia File", 4200, "eur", "W-4001", "pm_card_pendingRefund");
        string caseId = await scene.SendMailAsync("file@customer.example", "W-4001", "Please refund my order W-4001, it never arrived.");
        string approvalId = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        keys.Add("stripe-read", SecondRead);
        await RegisterAsync(scene, SecondRead, "rak_customer_read", "rak_charge_read", "rak_dispute_read", "rak_subscription_read");
        await scene.Sandbox.PostAsync(scene.Sandbox.Stripe, "_sandbox/stripe/keys/expire", new JsonObject { ["key"] = FirstRead });
        await scene.ApproveAsync(approvalId);
        await scene.WaitForPhaseAsync(caseId, "settling");
        string refund = Assert.Single(await scene.RefundsAsync(charge))["id"]!.GetValue<string>();
        await scene.Sandbox.PostAsync(scene.Sandbox.Stripe, $"_sandbox/stripe/refunds/{refund}/advance", new JsonObject { ["status"] = "succeeded" });
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());

        Assert.Single(await scene.RefundsAsync(charge));
        await scene.AssertToldThatItIsOnItsWayAndMadeAsync("file@customer.example");
        JsonNode[] entries = [.. (await scene.AuditAsync(caseId)).Select(record => record["entry"]!)];
        int approved = Array.FindIndex(entries, entry => Text(entry, "tool") == "approvals.approve");
        Assert.Equal(["1"], Versions(entries[..approved], "stripe-read"));
        Assert.Equal(["2"], Versions(entries[approved..], "stripe-read"));
        Assert.Equal(["1"], Versions(entries, "stripe-refund"));
        Assert.Contains(entries, entry => Text(entry, "tool") == "stripe.webhook.take" && Text(entry, "keyName") == "stripe-webhook" && Text(entry, "outcome") == "succeeded");
        await scene.AssertChainHoldsAsync();
    }

    private static async Task<IReadOnlyDictionary<string, string>?> SettingsAsync(Scene scene, KeyFile keys)
    {
        const string Refund = "rk_test_refundandnothingelse";
        await RegisterAsync(scene, FirstRead, "rak_customer_read", "rak_charge_read", "rak_dispute_read", "rak_subscription_read");
        await RegisterAsync(scene, Refund, "rak_charge_write");
        JsonNode endpoint = await scene.Sandbox.StripeAsync(
            "v1/webhook_endpoints", ("url", new Uri(scene.Address, "webhooks/stripe").AbsoluteUri), ("enabled_events[]", "refund.updated"), ("enabled_events[]", "refund.failed"));
        scene.InboxKey = "an inbox key of our own";
        _ = keys.Add("stripe-read", FirstRead).Add("stripe-refund", Refund).Add("stripe-webhook", endpoint["secret"]!.GetValue<string>()).Add("inbox-signature", scene.InboxKey);
        return new Dictionary<string, string>
        {
            ["ORCHESTRATOR__Sandbox__AddressFile"] = await scene.Sandbox.AddressesWithoutAsync("stripe"),
            ["ORCHESTRATOR__Stripe__Mode"] = "test",
            ["ORCHESTRATOR__Stripe__Address"] = scene.Sandbox.Stripe.AbsoluteUri,
            ["ORCHESTRATOR__Keys__File"] = keys.Path,
        };
    }

    private static Task RegisterAsync(Scene scene, string key, params string[] permissions) => scene.Sandbox.PostAsync(
        scene.Sandbox.Stripe, "_sandbox/stripe/keys", new JsonObject { ["key"] = key, ["permissions"] = new JsonArray([.. permissions.Select(one => (JsonNode)one)]) });

    private static IEnumerable<string?> Versions(IEnumerable<JsonNode> entries, string key) =>
        entries.Where(entry => Text(entry, "keyName") == key).Select(entry => Text(entry, "keyVersion")).Distinct();

    private static string? Text(JsonNode entry, string name) => entry[name]?.GetValue<string>();
}
