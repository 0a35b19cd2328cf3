using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>Money moved, and the mail about it could not be sent.</summary>
public sealed class UntoldCustomerTests
{
    [Theory]
    [InlineData("jürgen@customer.example")]
    [InlineData("a..b@customer.example")]
    public async Task Address_ThatNoServerTakes_IsSaidBeforeAnybodyDecidesAndEndsWithAPersonTold(string address)
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(address, 4200, "W-3001", "pm_card_bypassPending");
        string caseId = await stage.WriteAsync("Order W-3001 never arrived. Please refund me.", address);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        ApprovalRound round = await stage.RoundAsync(CaseIds.Approval(caseId, 1));
        Assert.Contains(round.Proposal.Notices, notice => notice.Contains("cannot be answered by mail", StringComparison.Ordinal));

        await stage.ApproveAsync(round.Proposal.ApprovalId, Stage.Ana);

        CaseOutcome end = await stage.EndAsync(caseId);
        Assert.Equal((CaseEnd.Refunded, true), (end.End, end.CustomerUntold));
        Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());
        Assert.Contains("the customer was not told", (await stage.Shop.CardsAsync(caseId))[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kim@müller.example")]
    public async Task Address_OfAnInternationalDomain_IsAnswered(string address)
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(address, 4200, "W-3001", "pm_card_bypassPending");
        string caseId = await stage.WriteAsync("Order W-3001 never arrived. Please refund me.", address);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);

        Assert.False((await stage.EndAsync(caseId)).CustomerUntold);
        Assert.Contains("kim@xn--mller-kva.example", Assert.Single(await stage.Shop.MailsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case_ThatAnErrorStopped_GivesOneCardThatSaysWhetherMoneyMoved(bool moved)
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        int before = (await stage.Shop.CardsAsync(caseId)).Count;
        string id = StoppedCase.InstanceId(caseId, stage.Clock.GetUtcNow());

        await stage.Client.ScheduleNewOrchestrationInstanceAsync(StoppedCase.Definition, new(caseId, moved), id);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => stage.Client.ScheduleNewOrchestrationInstanceAsync(StoppedCase.Definition, new(caseId, moved), id));
        await stage.Client.WaitForInstanceCompletionAsync(id);

        IReadOnlyList<string> cards = await stage.Shop.CardsAsync(caseId);
        Assert.Equal(before + 1, cards.Count);
        Assert.Contains("A case has stopped", cards[^1], StringComparison.Ordinal);
        Assert.Equal(moved, cards[^1].Contains("Money has moved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MailKey_GoneAfterTheRefund_EndsRefundedWithAPersonTold()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        stage.Keys.Enable(KeyNames.Mail, enabled: false);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);

        CaseOutcome end = await stage.EndAsync(caseId);
        Assert.Equal((CaseEnd.Refunded, true), (end.End, end.CustomerUntold));
        Assert.Contains("has to be", end.Why, StringComparison.Ordinal);
        Assert.Contains("A case needs a person", (await stage.Shop.CardsAsync(caseId))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_SwitchedOffBetweenRefundAndMail_TellsTheCustomerAllTheSame()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy("automatic-approval: off", "automatic-approval: [tiny]");
        stage.BeforeActivity = name =>
        {
            if (name == ActivityNames.SendMail)
            {
                stage.BeforeActivity = null;
                stage.EditPolicy("automatic-approval: [tiny]", "automatic-approval: off");
            }
        };
        await stage.Shop.SellAsync(Stage.Clara, 500, "W-3001", "pm_card_bypassPending");
        string caseId = await stage.WriteAsync("Order W-3001 never arrived. Please refund me.");

        CaseOutcome end = await stage.EndAsync(caseId);
        Assert.Equal((CaseEnd.Refunded, false), (end.End, end.CustomerUntold));
        Assert.Single(await stage.Shop.MailsAsync());
    }
}
