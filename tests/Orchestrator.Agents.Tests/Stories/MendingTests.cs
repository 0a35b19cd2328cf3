using System.Text.Json;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>Something of ours is broken: the case waits, or fails where only a person can mend it, with a sentence that says what, and goes on once that is mended.</summary>
public sealed class MendingTests
{
    [Fact]
    public async Task PolicyFile_BrokenWhileDeciding_IsWaitedForAndGoesOnByItselfOnceMended()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy("usd: 15.00", "usd: lots");
        int line = Array.FindIndex(await File.ReadAllLinesAsync(stage.Policy), text => text.Contains("usd: lots", StringComparison.Ordinal)) + 1;
        await stage.Shop.SellAsync(Stage.Clara, 4200, "W-3001");
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.");

        TaskFailureDetails failure = await stage.TriedAsync(caseId, "ApplyPolicy", times: 1);
        Assert.Contains($"line {line}", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'tiny'", failure.ErrorMessage, StringComparison.Ordinal);
        CaseRetry retry = (await StatusAsync()).Retry!;
        Assert.Equal(("ApplyPolicy", 1), (retry.Step, retry.Failed));
        Assert.StartsWith("PolicyFile: ", retry.Error, StringComparison.Ordinal);
        Assert.Equal(stage.Clock.GetUtcNow() + TimeSpan.FromSeconds(1), retry.NextAt);
        stage.Clock.Advance(TimeSpan.FromDays(3));
        await stage.TriedAsync(caseId, "ApplyPolicy", times: 2);
        Assert.Equal(2, (await StatusAsync()).Retry!.Failed);

        stage.EditPolicy("usd: lots", "usd: 15.00");
        stage.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null((await stage.RestsAsync(caseId, CasePhase.AwaitingApproval)).Retry);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Single(await stage.Shop.RefundsAsync());

        async Task<CaseStatus> StatusAsync() =>
            JsonSerializer.Deserialize((await stage.Client.GetInstanceAsync(caseId))!.SerializedCustomStatus!, AgentsJson.Default.CaseStatus)!;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RefundKey_DisabledOrRevoked_FailsForGoodAndRefundsOnceAfterMendingAndRewind(bool revokedAtStripe)
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        await (revokedAtStripe ? stage.Keys.RevokeRefundKeyAsync() : Disable(enabled: false));
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);

        TaskFailureDetails failure = await stage.FailureAsync(caseId);
        Assert.Contains(KeyNames.StripeRefund, failure.ErrorMessage, StringComparison.Ordinal);
        Assert.True(failure.InnerFailure?.IsCausedBy<PermanentFailureException>() ?? failure.IsCausedBy<PermanentFailureException>(), $"{failure}");
        Assert.Empty(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());

        await (revokedAtStripe ? stage.Keys.RotateRefundKeyAsync() : Disable(enabled: true));
        await stage.Client.RewindInstanceAsync(caseId, "The key was mended.");

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Single(await stage.Shop.MailsAsync());

        Task Disable(bool enabled)
        {
            stage.Keys.Enable(KeyNames.StripeRefund, enabled);
            return Task.CompletedTask;
        }
    }
}
