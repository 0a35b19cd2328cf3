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
        string email = Unique.Mail("clear");
        string order = Unique.Order("2001");
        string charge = await _scene.SellAsync(email, "Clara Klar", 4200, "eur", order);
        string caseId = await _scene.SendMailAsync(email, $"Order {order}", $"Hello, my order {order} never arrived. Please refund me.\n\nClara");
        JsonNode approval = await _scene.WaitForApprovalAsync(caseId);
        Assert.Empty(await _scene.RefundsAsync(charge));
        Assert.Empty(await _scene.MailsToAsync(email));

        await _scene.ApproveAsync(approval["approvalId"]!.GetValue<string>());
        JsonNode end = await _scene.WaitForEndAsync(caseId);

        Assert.Equal("refunded", end["end"]!.GetValue<string>());
        JsonNode refund = Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Equal(4200, refund["amount"]!.GetValue<long>());
        Assert.Equal($"{caseId}:refund-1", refund["idempotency_key"]!.GetValue<string>());
        Assert.Equal(caseId, refund["metadata"]!["case_id"]!.GetValue<string>());
        JsonNode mail = Assert.Single(await _scene.MailsToAsync(email));
        Assert.Contains("EUR 42.00", mail.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Clara", mail.ToJsonString(), StringComparison.Ordinal);
        await AssertOnTheRecordAsync(caseId, refund["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("jpy", 5400, "JPY 5,400", "2101")]
    [InlineData("kwd", 12500, "KWD 12.500", "2102")]
    [InlineData("eur", 1999, "EUR 19.99", "2103")]
    public async Task Currencies_OfZeroTwoAndThreeDecimals_AreRightOnCardMailAndLedger(string currency, long minor, string written, string number)
    {
        string email = Unique.Mail(currency);
        string order = Unique.Order(number);
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
        string email = Unique.Mail("two");
        JsonNode customer = await _scene.Sandbox.StripeAsync("v1/customers", ("email", email), ("name", "Tom Two"));
        string first = await _scene.SellToAsync(customer["id"]!.GetValue<string>(), 3500, "usd", Unique.Order("2201"));
        string second = await _scene.SellToAsync(customer["id"]!.GetValue<string>(), 3500, "usd", Unique.Order("2202"));
        string caseId = await _scene.SendMailAsync(email, "Refund", "I was charged $35.00 and the parcel never came. Please refund me.");
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
        string email = Unique.Mail("less");
        string order = Unique.Order("2301");
        string charge = await _scene.SellAsync(email, "Lee Less", 20000, "eur", order);
        string caseId = await _scene.SendMailAsync(email, order, $"Please refund order {order}. It is defective.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        await _scene.ApproveAsync(approvalId, with: decision => decision["amountMinor"] = 5000);
        await _scene.WaitForEndAsync(caseId);
        Assert.Equal(5000, Assert.Single(await _scene.RefundsAsync(charge))["amount"]!.GetValue<long>());
        Assert.Contains("EUR 50.00", Assert.Single(await _scene.MailsToAsync(email)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _scene.AuditAsync(caseId)).Count(record => Tool(record) == "policy.decide"));
    }

    [Fact]
    public async Task LargeAmount_NeedsTwoOfFinance()
    {
        string email = Unique.Mail("large");
        string order = Unique.Order("2401");
        string charge = await _scene.SellAsync(email, "Lara Large", 60000, "eur", order);
        string caseId = await _scene.SendMailAsync(email, order, $"Please refund my order {order}, it never arrived.");
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
        string email = Unique.Mail("pending");
        string order = Unique.Order("2501");
        string charge = await _scene.SellAsync(email, "Pia Pending", 2600, "usd", order, "pm_card_pendingRefund");
        string caseId = await _scene.SendMailAsync(email, order, $"Please refund my order {order}, it never arrived.");
        await _scene.ApproveAsync((await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>());
        await Eventually.TrueAsync(async () => (await _scene.CaseAsync(caseId))["phase"]?.GetValue<string>() == "settling", Eventually.Patience, () => "It never settled.");
        string refund = Assert.Single(await _scene.RefundsAsync(charge))["id"]!.GetValue<string>();
        await _scene.Sandbox.PostAsync(_scene.Sandbox.Stripe, $"_sandbox/stripe/refunds/{refund}/advance", new JsonObject { ["status"] = "succeeded" });
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        await _scene.AssertToldThatItIsOnItsWayAndMadeAsync(email);
    }

    [Fact]
    public async Task RefundThatFailsAtTheBank_IsAPersonsAgain()
    {
        string email = Unique.Mail("bank");
        string order = Unique.Order("2601");
        string charge = await _scene.SellAsync(email, "Bo Bank", 2700, "usd", order, "pm_card_pendingRefund");
        string caseId = await _scene.SendMailAsync(email, order, $"Please refund my order {order}, it never arrived.");
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
        string email = Unique.Mail("again");
        string order = Unique.Order("2701");
        string thread = "thread-" + Guid.NewGuid();
        string charge = await _scene.SellAsync(email, "Ada Again", 3100, "eur", order);
        string id = $"<{Guid.NewGuid()}@customer.example>";
        string caseId = await _scene.SendMailAsync(email, order, $"Please refund order {order}, it never arrived.", id, thread);
        Assert.Equal(caseId, await _scene.SendMailAsync(email, order, $"Please refund order {order}, it never arrived.", id, thread));
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        Assert.Equal(caseId, await _scene.SendMailAsync(email, $"Re: {order}", "It came after all, sorry!", null, thread));

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
