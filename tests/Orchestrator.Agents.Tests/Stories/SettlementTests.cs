using System.Text.Json.Nodes;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>After the refund was asked for: no word from Stripe, late words, and Stripe's own approval.</summary>
public sealed class SettlementTests
{
    private const string PendingRefund = "pm_card_pendingRefund";

    /// <summary>Longer than any test: the sandbox settles when it is told to.</summary>
    private static readonly JsonObject NeverByItself = new() { ["settle_after_seconds"] = 400 * 24 * 3600 };

    [Fact]
    public async Task PendingRefund_WithoutAWebhook_IsLookedAtWithGrowingPausesUntilItSucceeded()
    {
        await using Stage stage = await Stage.OpenAsync();
        string caseId = await PendingAsync(stage);
        Assert.Equal(0, await LooksAsync(stage, caseId));

        int looks = 0;
        foreach (int hours in (int[])[1, 2, 4])
        {
            await stage.PassAsync(caseId, TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1), CasePhase.Settling);
            Assert.Equal(looks, await LooksAsync(stage, caseId));
            await stage.PassAsync(caseId, TimeSpan.FromMinutes(1), CasePhase.Settling);
            Assert.Equal(++looks, await LooksAsync(stage, caseId));
        }

        await AdvanceAsync(stage, "succeeded");
        stage.Clock.Advance(TimeSpan.FromHours(8));

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Equal(looks + 1, await LooksAsync(stage, caseId));
        Assert.Equal(2, (await stage.Shop.MailsAsync()).Count);
    }

    [Fact]
    public async Task PendingRefund_IsAnnouncedAsOnItsWayAndAsMadeOnceItIs()
    {
        await using Stage stage = await Stage.OpenAsync();
        string caseId = await PendingAsync(stage);
        string first = Assert.Single(await stage.Shop.MailsAsync());
        Assert.Contains("is on its way", first, StringComparison.Ordinal);
        Assert.DoesNotContain("we have refunded", first, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Clock.GetUtcNow().Year.ToString(System.Globalization.CultureInfo.InvariantCulture) + ".", first, StringComparison.Ordinal);

        await AdvanceAsync(stage, "succeeded");
        stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False((await stage.EndAsync(caseId)).CustomerUntold);
        Assert.Single(await stage.Shop.MailsAsync(), mail => mail.Contains("we have refunded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PendingRefund_ThatFailsAtTheBank_IsNeverSaidToBeMade()
    {
        await using Stage stage = await Stage.OpenAsync();
        string caseId = await PendingAsync(stage);

        await AdvanceAsync(stage, "failed");
        stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(CaseEnd.RefundFailed, (await stage.EndAsync(caseId)).End);
        Assert.DoesNotContain(await stage.Shop.MailsAsync(), mail => mail.Contains("we have refunded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PendingRefund_StillPendingAfterFortyFiveDays_IsHandedOver()
    {
        await using Stage stage = await Stage.OpenAsync();
        string caseId = await PendingAsync(stage);
        DateTimeOffset made = stage.Clock.GetUtcNow();
        CaseStatus status = await stage.RestsAsync(caseId, CasePhase.Settling);
        while (status.Until!.Value < made.AddDays(45))
        {
            Assert.True(status.Until.Value - stage.Clock.GetUtcNow() <= TimeSpan.FromDays(1));
            status = await stage.PassAsync(caseId, status.Until.Value - stage.Clock.GetUtcNow(), CasePhase.Settling);
        }

        stage.Clock.Advance(status.Until.Value - stage.Clock.GetUtcNow());

        CaseOutcome end = await stage.EndAsync(caseId);
        Assert.Equal(CaseEnd.HandedOver, end.End);
        Assert.Contains("still Pending after 45 days", end.Why, StringComparison.Ordinal);
        Assert.Contains("A case needs a person", (await stage.Shop.CardsAsync(caseId))[^1], StringComparison.Ordinal);
        Assert.Single(await stage.Shop.MailsAsync());
    }

    [Fact]
    public async Task Refund_FailsAfterTheCaseWasClosed_TellsAPersonOnce()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        CaseOutcome closed = await stage.EndAsync(caseId);
        Assert.Equal(CaseEnd.Refunded, closed.End);

        await AdvanceAsync(stage, "failed");
        var news = new RefundNews(stage.Client);
        Assert.True(await news.TellAsync(caseId, closed.Refund!.Value, RefundStatus.Failed, "evt_1", CancellationToken.None));
        CaseOutcome reopened = await stage.EndAsync($"{caseId}-failed-{closed.Refund}");
        Assert.True(await news.TellAsync(caseId, closed.Refund.Value, RefundStatus.Failed, "evt_1", CancellationToken.None));
        Assert.True(await news.TellAsync(caseId, closed.Refund.Value, RefundStatus.Failed, "evt_2", CancellationToken.None));

        Assert.Equal(CaseEnd.RefundFailed, reopened.End);
        Assert.Single(await stage.Shop.CardsAsync(caseId), card => card.Contains("A refund failed after it was announced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StripesOwnApproval_GivenInTheDashboard_IsAdoptedAndFinished()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, CaseStatus held) = await HeldAsync(stage);
        string request = Assert.Single(held.WaitingFor.Split(' '), word => word.StartsWith("apreq_", StringComparison.Ordinal));
        await stage.PassAsync(caseId, TimeSpan.FromHours(1), CasePhase.Refunding);
        Assert.Empty(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());

        await stage.Shop.ControlAsync($"approval_requests/{request}/approve", []);
        stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        JsonNode refund = Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Equal(CaseIds.IdempotencyKey(caseId, "refund-1"), refund["idempotency_key"]!.GetValue<string>());
        Assert.Single(await stage.Shop.MailsAsync());
    }

    [Fact]
    public async Task StripesOwnApproval_NotGivenInSevenDays_IsHandedOver()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, CaseStatus held) = await HeldAsync(stage);
        DateTimeOffset until = held.Until!.Value;
        Assert.InRange(until - stage.Clock.GetUtcNow(), TimeSpan.FromDays(6.99), TimeSpan.FromDays(7.01));
        while (until - stage.Clock.GetUtcNow() > TimeSpan.FromHours(1))
        {
            await stage.PassAsync(caseId, TimeSpan.FromHours(1), CasePhase.Refunding);
        }

        stage.Clock.Advance(TimeSpan.FromHours(1));

        CaseOutcome end = await stage.EndAsync(caseId);
        Assert.Equal(CaseEnd.HandedOver, end.End);
        Assert.Contains("was not given in time", end.Why, StringComparison.Ordinal);
        Assert.Empty(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());
    }

    private static async Task<string> PendingAsync(Stage stage)
    {
        await stage.Shop.ControlAsync("settings", NeverByItself.DeepClone().AsObject());
        (string caseId, _) = await stage.AskAsync(card: PendingRefund);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.Settling);
        return caseId;
    }

    private static async Task<(string CaseId, CaseStatus Held)> HeldAsync(Stage stage)
    {
        (string caseId, _) = await stage.AskAsync();
        await stage.Shop.ControlAsync("settings", new() { ["approvals"] = "all" });
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        return (caseId, await stage.RestsAsync(caseId, CasePhase.Refunding));
    }

    private static async Task AdvanceAsync(Stage stage, string status)
    {
        JsonNode refund = Assert.Single(await stage.Shop.RefundsAsync());
        await stage.Shop.ControlAsync($"refunds/{refund["id"]}/advance", new() { ["status"] = status });
    }

    private static async Task<int> LooksAsync(Stage stage, string caseId) =>
        (await stage.Client.GetOrchestrationHistoryAsync(caseId)).Count(entry => entry is { Kind: "TaskScheduled", Name: "ReadRefund" });
}
