using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>Waiting for people: for days and for months, with nobody answering, at the last moment, twice, and by the next group.</summary>
public sealed class ApprovalWaitTests
{
    [Theory]
    [InlineData(4, 24, 7 * 24, false)]
    [InlineData(4, 24, 7 * 24, true)]
    [InlineData(30 * 24, 60 * 24, 90 * 24, true)]
    public async Task Round_NobodyDecides_RemindsEscalatesAndEndsExpired(int remind, int escalate, int deadline, bool restarted)
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy("remind-after: 4h", $"remind-after: {remind}h");
        stage.EditPolicy("escalate-after: 1d", $"escalate-after: {escalate}h");
        stage.EditPolicy("deadline: 7d", $"deadline: {deadline}h");
        DateTimeOffset asked = stage.Clock.GetUtcNow();
        (string caseId, _) = await stage.AskAsync();
        string approvalId = CaseIds.Approval(caseId, 1);
        Assert.Contains("Approval needed", Assert.Single(await stage.Shop.CardsAsync(caseId)), StringComparison.Ordinal);

        await RestartAsync();
        await stage.PassAsync(caseId, TimeSpan.FromHours(remind), CasePhase.AwaitingApproval);
        Assert.Contains("Reminder: approval needed", (await stage.Shop.CardsAsync(caseId))[1], StringComparison.Ordinal);
        Assert.False(ApprovalRules.MayDecide(await stage.RoundAsync(approvalId), Stage.Dora));

        await RestartAsync();
        await stage.PassAsync(caseId, TimeSpan.FromHours(escalate - remind), CasePhase.AwaitingApproval);
        Assert.Contains("Escalated to finance", (await stage.Shop.CardsAsync(caseId))[2], StringComparison.Ordinal);
        Assert.True(ApprovalRules.MayDecide(await stage.RoundAsync(approvalId), Stage.Dora));

        await RestartAsync();
        stage.Clock.Advance(TimeSpan.FromHours(deadline - escalate));
        Assert.Equal(CaseEnd.Expired, (await stage.EndAsync(caseId)).End);

        Assert.Equal(ConclusionKind.Expired, (await stage.RoundAsync(approvalId)).Conclusion!.Kind);
        Assert.Equal(VoteRefusal.AlreadyDecided, (await stage.DecideAsync(approvalId, Stage.Ana)).Refusal);
        Assert.Contains("A case needs a person", (await stage.Shop.CardsAsync(caseId))[3], StringComparison.Ordinal);
        Assert.Empty(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());
        Assert.Equal([asked.AddHours(remind), asked.AddHours(escalate), asked.AddHours(deadline)], await FiredAsync(stage, caseId));

        Task RestartAsync() => restarted ? stage.RestartAsync() : Task.CompletedTask;
    }

    [Fact]
    public async Task Decision_StoredInTheLastMinuteAndItsEventLost_CountsAtTheDeadline()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        string approvalId = CaseIds.Approval(caseId, 1);
        await stage.PassAsync(caseId, TimeSpan.FromHours(4), CasePhase.AwaitingApproval);
        await stage.PassAsync(caseId, TimeSpan.FromHours(20), CasePhase.AwaitingApproval);
        await stage.PassAsync(caseId, TimeSpan.FromDays(6) - TimeSpan.FromMinutes(1), CasePhase.AwaitingApproval);

        var vote = new Vote(Stage.Ana, VoteKind.Approve, null, null, null, null, true, stage.Clock.GetUtcNow());
        await stage.Approvals.ChangeAsync(approvalId, round => ApprovalRules.Count(round, vote), CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Single(await stage.Shop.MailsAsync());
    }

    [Fact]
    public async Task DecisionEvent_RaisedThreeTimesBeforeTheWaiterListens_CountsOnce()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.BeforeNotice = async notice =>
        {
            stage.BeforeNotice = null;
            string approvalId = CaseIds.Approval(notice.CaseId, 1);
            await stage.ApproveAsync(approvalId, Stage.Ana);
            await stage.Client.RaiseEventAsync(notice.CaseId, CaseIds.ApprovalEvent(1), approvalId, eventId: approvalId);
            await stage.Client.RaiseEventAsync(notice.CaseId, CaseIds.ApprovalEvent(1), approvalId, eventId: "delivered-again");
        };
        await stage.Shop.SellAsync(Stage.Clara, 4200, "W-3001");
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.");

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Single(await stage.Shop.MailsAsync());
        Assert.Single((await stage.RoundAsync(CaseIds.Approval(caseId, 1))).Votes);
        IReadOnlyList<HistoryEntry> history = await stage.Client.GetOrchestrationHistoryAsync(caseId);
        Assert.Equal(2, history.Count(entry => entry.Kind == "EventRaised"));
        Assert.Single(history, entry => entry is { Kind: "TaskScheduled", Name: "ConcludeApproval" });
    }

    [Fact]
    public async Task NextGroup_AfterTheEscalation_ApprovesAloneAndNotBefore()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        string approvalId = CaseIds.Approval(caseId, 1);
        await stage.PassAsync(caseId, TimeSpan.FromHours(4), CasePhase.AwaitingApproval);
        Assert.Equal(VoteRefusal.NotInGroup, (await stage.DecideAsync(approvalId, Stage.Dora)).Refusal);

        await stage.PassAsync(caseId, TimeSpan.FromHours(20), CasePhase.AwaitingApproval);
        await stage.ApproveAsync(approvalId, Stage.Dora);

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Equal([Stage.Dora.Id], (await stage.RoundAsync(approvalId)).Conclusion!.By);
        Assert.Single(await stage.Shop.RefundsAsync());
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> FiredAsync(Stage stage, string caseId) =>
        [.. (await stage.Client.GetOrchestrationHistoryAsync(caseId)).Where(entry => entry.Kind == "TimerFired").Select(entry => entry.Time)];
}
