using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>Mails that end in a refund: each looked at in Stripe's ledger, the outbox, the audit and on the page.</summary>
[Collection(StoryCollection.Name)]
public sealed class RefundStoryTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [Fact]
    public async Task ClearRequest_Approved_RefundsOnceAndTellsTheCustomer()
    {
        string charge = await _scene.SellAsync("clear@customer.example", "Clara Klar", 4200, "eur", "W-2001");
        string caseId = await _scene.SendMailAsync("clear@customer.example", "Order W-2001", "Hello, my order W-2001 never arrived. Please refund me.\n\nClara");
        JsonNode approval = await _scene.WaitForApprovalAsync(caseId);
        Assert.Empty(await _scene.RefundsAsync(charge));
        Assert.Empty(await _scene.MailsToAsync("clear@customer.example"));

        await _scene.ApproveAsync(approval["approvalId"]!.GetValue<string>());
        JsonNode end = await _scene.WaitForEndAsync(caseId);

        Assert.Equal("refunded", end["end"]!.GetValue<string>());
        JsonNode refund = Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Equal(4200, refund["amount"]!.GetValue<long>());
        Assert.Equal($"{caseId}:refund-1", refund["idempotency_key"]!.GetValue<string>());
        Assert.Equal(caseId, refund["metadata"]!["case_id"]!.GetValue<string>());
        JsonNode mail = Assert.Single(await _scene.MailsToAsync("clear@customer.example"));
        Assert.Contains("EUR 42.00", mail.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Clara", mail.ToJsonString(), StringComparison.Ordinal);
        await AssertOnTheRecordAsync(caseId, refund["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("jpy", 5400, "JPY 5,400", "W-2101")]
    [InlineData("kwd", 12500, "KWD 12.500", "W-2102")]
    [InlineData("eur", 1999, "EUR 19.99", "W-2103")]
    public async Task Currencies_OfZeroTwoAndThreeDecimals_AreRightOnCardMailAndLedger(string currency, long minor, string written, string order)
    {
        string email = $"{currency}@customer.example";
        string charge = await _scene.SellAsync(email, "Kim Coin", minor, currency, order);
        string caseId = await _scene.SendMailAsync(email, "Refund please", $"Please refund my order {order}, it arrived broken.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        await Eventually.TrueAsync(
            async () => (await _scene.Sandbox.CardsAsync()).Any(card => card.ToJsonString().Contains(approvalId, StringComparison.Ordinal)), Eventually.Patience, () => "No card for " + approvalId);
        JsonNode card = (await _scene.Sandbox.CardsAsync()).First(card => card.ToJsonString().Contains(approvalId, StringComparison.Ordinal));
        Assert.Equal("shown", card["outcome"]!.GetValue<string>());
        Assert.Contains(written, card.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(email, card.ToJsonString(), StringComparison.Ordinal);

        await _scene.ApproveAsync(approvalId);
        await _scene.WaitForEndAsync(caseId);
        Assert.Equal(minor, Assert.Single(await _scene.RefundsAsync(charge))["amount"]!.GetValue<long>());
        Assert.Contains(written, Assert.Single(await _scene.MailsToAsync(email)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPaymentsFit_ThePersonChoosesAndOnlyThatIsRefunded()
    {
        JsonNode customer = await _scene.Sandbox.StripeAsync("v1/customers", ("email", "two@customer.example"), ("name", "Tom Two"));
        string first = await _scene.SellToAsync(customer["id"]!.GetValue<string>(), 3500, "usd", "W-2201");
        string second = await _scene.SellToAsync(customer["id"]!.GetValue<string>(), 3500, "usd", "W-2202");
        string caseId = await _scene.SendMailAsync("two@customer.example", "Refund", "I was charged $35.00 and the parcel never came. Please refund me.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        (System.Net.HttpStatusCode status, JsonNode? body) = await _scene.DecideAsync(approvalId, Scene.Ana, "approve");
        Assert.True((int)status == 422, body?.ToJsonString());
        await _scene.ApproveAsync(approvalId, with: decision => decision["charge"] = second);
        await _scene.WaitForEndAsync(caseId);
        Assert.Empty(await _scene.RefundsAsync(first));
        Assert.Single(await _scene.RefundsAsync(second));
    }

    [Fact]
    public async Task ApproveLess_ThePolicyRunsAgainAndTheSmallerAmountIsRefunded()
    {
        string charge = await _scene.SellAsync("less@customer.example", "Lee Less", 20000, "eur", "W-2301");
        string caseId = await _scene.SendMailAsync("less@customer.example", "W-2301", "Please refund order W-2301. It is defective.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        await _scene.ApproveAsync(approvalId, with: decision => decision["amountMinor"] = 5000);
        await _scene.WaitForEndAsync(caseId);
        Assert.Equal(5000, Assert.Single(await _scene.RefundsAsync(charge))["amount"]!.GetValue<long>());
        Assert.Contains("EUR 50.00", Assert.Single(await _scene.MailsToAsync("less@customer.example")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _scene.AuditAsync(caseId)).Count(record => Tool(record) == "policy.decide"));
    }

    [Fact]
    public async Task LargeAmount_NeedsTwoOfFinance()
    {
        string charge = await _scene.SellAsync("large@customer.example", "Lara Large", 60000, "eur", "W-2401");
        string caseId = await _scene.SendMailAsync("large@customer.example", "W-2401", "Please refund my order W-2401, it never arrived.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        Assert.Equal(403, (int)(await _scene.DecideAsync(approvalId, Scene.Ana, "approve")).Status);
        await _scene.ApproveAsync(approvalId, "dora@example.com");
        Assert.Equal(409, (int)(await _scene.DecideAsync(approvalId, "dora@example.com", "approve")).Status);
        Assert.Empty(await _scene.RefundsAsync(charge));
        await _scene.ApproveAsync(approvalId, "emil@example.com");
        await _scene.WaitForEndAsync(caseId);
        Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Contains(await _scene.AuditAsync(caseId), record => Tool(record) == "approvals.approve" && record.ToJsonString().Contains("NotInGroup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PendingRefund_StaysOpenUntilStripesEventSaysItSucceeded()
    {
        string charge = await _scene.SellAsync("pending@customer.example", "Pia Pending", 2600, "usd", "W-2501", "pm_card_pendingRefund");
        string caseId = await _scene.SendMailAsync("pending@customer.example", "W-2501", "Please refund my order W-2501, it never arrived.");
        await _scene.ApproveAsync((await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        await Eventually.TrueAsync(async () => (await _scene.CaseAsync(caseId))["phase"]?.GetValue<string>() == "settling", Eventually.Patience, () => "It never settled.");
        string refund = Assert.Single(await _scene.RefundsAsync(charge))["id"]!.GetValue<string>();
        await _scene.Sandbox.PostAsync(_scene.Sandbox.Stripe, $"_sandbox/stripe/refunds/{refund}/advance", new JsonObject { ["status"] = "succeeded" });
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await _scene.MailsToAsync("pending@customer.example"));
    }

    [Fact]
    public async Task RefundThatFailsAtTheBank_IsAPersonsAgain()
    {
        string charge = await _scene.SellAsync("bank@customer.example", "Bo Bank", 2700, "usd", "W-2601", "pm_card_pendingRefund");
        string caseId = await _scene.SendMailAsync("bank@customer.example", "W-2601", "Please refund my order W-2601, it never arrived.");
        await _scene.ApproveAsync((await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        await Eventually.TrueAsync(async () => (await _scene.CaseAsync(caseId))["phase"]?.GetValue<string>() == "settling", Eventually.Patience, () => "It never settled.");
        string refund = Assert.Single(await _scene.RefundsAsync(charge))["id"]!.GetValue<string>();
        await _scene.Sandbox.PostAsync(
            _scene.Sandbox.Stripe, $"_sandbox/stripe/refunds/{refund}/advance", new JsonObject { ["status"] = "failed", ["failure_reason"] = "expired_or_canceled_card" });
        JsonNode end = await _scene.WaitForEndAsync(caseId);
        Assert.Equal("refundFailed", end["end"]!.GetValue<string>());
        Assert.Contains("expired_or_canceled_card", end["why"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(await _scene.Sandbox.CardsAsync(), card => card.ToJsonString().Contains("/cases/" + caseId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReplyInTheThread_IsTheSameCase_AndMakesAStalePageWait()
    {
        string thread = "thread-" + Guid.NewGuid();
        string charge = await _scene.SellAsync("again@customer.example", "Ada Again", 3100, "eur", "W-2701");
        string id = $"<{Guid.NewGuid()}@customer.example>";
        string caseId = await _scene.SendMailAsync("again@customer.example", "W-2701", "Please refund order W-2701, it never arrived.", id, thread);
        Assert.Equal(caseId, await _scene.SendMailAsync("again@customer.example", "W-2701", "Please refund order W-2701, it never arrived.", id, thread));
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        Assert.Equal(caseId, await _scene.SendMailAsync("again@customer.example", "Re: W-2701", "It came after all, sorry!", null, thread));

        (System.Net.HttpStatusCode status, JsonNode? body) = await _scene.DecideAsync(approvalId, Scene.Ana, "approve");
        Assert.True(status == System.Net.HttpStatusCode.Conflict, body?.ToJsonString());
        Assert.Empty(await _scene.RefundsAsync(charge));
        Assert.Equal(200, (int)(await _scene.DecideAsync(approvalId, Scene.Ana, "deny", decision => decision["messagesSeen"] = 2)).Status);
        Assert.Equal("denied", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
    }

    /// <summary>Every outward call with its key, version and outcome, the attempt before the refund, and the chain whole.</summary>
    private async Task AssertOnTheRecordAsync(string caseId, string refund)
    {
        IReadOnlyList<JsonNode> audit = await _scene.AuditAsync(caseId);
        string[] tools = [.. audit.Select(Tool)];
        foreach (string tool in new[] { "stripe.customers.list", "stripe.charges.list", "stripe.charges.retrieve", "policy.decide", "teams.card.post", "approvals.approve", "stripe.refunds.list", "mail.send" })
        {
            Assert.Contains(tool, tools);
        }

        JsonNode[] made = [.. audit.Where(record => Tool(record) == "stripe.refunds.create").Select(record => record["entry"] ?? record)];
        Assert.Equal(["attempted", "succeeded"], made.Select(entry => entry["outcome"]!.GetValue<string>()));
        Assert.Equal("stripe-refund", made[1]["keyName"]!.GetValue<string>());
        Assert.NotEmpty(made[1]["keyVersion"]!.GetValue<string>());
        Assert.StartsWith("req_", made[1]["requestId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(refund, made[1]["objects"]!.AsArray().Select(one => one!.GetValue<string>()));
        await _scene.AssertChainHoldsAsync();
    }

    private static string Tool(JsonNode record) => (record["entry"] ?? record)["tool"]!.GetValue<string>();
}
