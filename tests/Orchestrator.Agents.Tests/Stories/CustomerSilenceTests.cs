using Orchestrator.Agents.Cases;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>The customer is asked which payment is meant.</summary>
public sealed class CustomerSilenceTests
{
    [Fact]
    public async Task Question_UnansweredForFourteenDays_EndsWithNoAnswer()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.MeetAsync(Stage.Clara);
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.");
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        Assert.Empty(await stage.Shop.MailsAsync());
        await stage.ApproveAsync(CaseIds.Approval(caseId, 0), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.AwaitingCustomer);
        Assert.Contains("Which payment", Assert.Single(await stage.Shop.MailsAsync()), StringComparison.Ordinal);

        await stage.PassAsync(caseId, TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1), CasePhase.AwaitingCustomer);
        await stage.RestartAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(CaseEnd.NoAnswer, (await stage.EndAsync(caseId)).End);
        Assert.Single(await stage.Shop.MailsAsync());
        Assert.Empty(await stage.Shop.RefundsAsync());
    }
}
