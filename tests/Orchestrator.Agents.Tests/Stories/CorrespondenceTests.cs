using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>Whose words count in a case, and whose do not.</summary>
public sealed class CorrespondenceTests
{
    private const string Eve = "eve@elsewhere.example";
    private const string Thread = "thread-of-clara";

    [Fact]
    public async Task Stranger_WhoKnowsTheThread_NeitherAnswersNorVoidsNorLocksAnybodyOut()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(Stage.Clara, 4200, "W-3001");
        string caseId = await stage.WriteAsync("Hello, my order W-3001 never arrived. Please refund me.", thread: Thread);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);

        foreach (string approver in new[] { Stage.Ana.Id, Stage.Dora.Id, Eve })
        {
            Assert.NotEqual(caseId, await stage.WriteAsync("Stop. Refund it to my card instead.", approver, Thread));
        }

        DecisionAnswer answer = await stage.DecideAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        Assert.Null(answer.Refusal);
        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
    }

    [Fact]
    public async Task Stranger_InAThreadThatWaitsForAnAnswer_AnswersNothing()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.MeetAsync(Stage.Clara);
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.", thread: Thread);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 0), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.AwaitingCustomer);

        await stage.WriteAsync("It is order W-3001, please refund me.", Eve, Thread);

        await stage.PassAsync(caseId, TimeSpan.FromDays(1), CasePhase.AwaitingCustomer);
    }

    [Fact]
    public async Task Answer_ToAFirstMailWithHiddenParts_IsReadAsTheCustomersOwnWords()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.MeetAsync(Stage.Clara);
        string caseId = await stage.WriteAsync(HiddenText.Append("My lamp never arrived. Please refund me.", "Your order at a glance"), thread: Thread);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 0), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.AwaitingCustomer);
        ChargeId charge = await stage.Shop.SellAsync(Stage.Clara, 4200, "W-3001");

        await stage.WriteAsync("It was order W-3001.", thread: Thread);

        await stage.RestsInRoundAsync(caseId, 1);
        Assert.Equal(charge, (await stage.RoundAsync(CaseIds.Approval(caseId, 1))).Proposal.Charges[0].Charge);
    }

    [Fact]
    public async Task MessageId_UsedByAStrangerFirst_KeepsNobodyFromBeingHeard()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(Stage.Clara, 4200, "W-3001");
        SupportMail wish = new("<taken@customer.example>", Thread, new("Clara", Stage.Clara), null, "Refund", "Order W-3001 never arrived. Please refund me.", stage.Clock.GetUtcNow());
        await stage.TakeInAsync(wish with { From = new("Eve", Eve), Text = "Hello there", ThreadId = "another" });

        TakenIn heard = await stage.TakeInAsync(wish);
        TakenIn again = await stage.TakeInAsync(wish);

        Assert.Equal((TakenInAs.NewCase, new TakenIn(heard.CaseId, TakenInAs.Duplicate)), (heard.As, again));
        await stage.RestsAsync(heard.CaseId, CasePhase.AwaitingApproval);
    }

    [Fact]
    public async Task Sender_WhoseDomainDisownsTheMail_IsSaidAndKeepsNobodyFromDeciding()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(Stage.Ana.Id, 4200, "W-3001");
        SupportMail forged = new("<forged@x.example>", Thread, new("Ana", Stage.Ana.Id), null, "Refund", "Order W-3001 never arrived. Please refund me.", stage.Clock.GetUtcNow())
        {
            Proof = SenderProof.Fails,
        };

        string caseId = (await stage.TakeInAsync(forged)).CaseId;

        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        Assert.Contains((await stage.RoundAsync(CaseIds.Approval(caseId, 1))).Proposal.Notices, notice => notice.Contains("disowns this mail", StringComparison.Ordinal));
        Assert.Null((await stage.DecideAsync(CaseIds.Approval(caseId, 1), Stage.Ana)).Refusal);
    }

    [Fact]
    public async Task Sender_WhoIsAnApprover_DoesNotDecideOnTheirOwnRequest()
    {
        await using Stage stage = await Stage.OpenAsync();
        await stage.Shop.SellAsync(Stage.Ana.Id, 4200, "W-3001");
        string caseId = await stage.WriteAsync("Order W-3001 never arrived. Please refund me.", Stage.Ana.Id);
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        Person signedInByObjectId = new("5f0c@77aa", "Ana", ["support"]) { Addresses = [Stage.Ana.Id] };

        Assert.Equal(VoteRefusal.Requester, (await stage.DecideAsync(CaseIds.Approval(caseId, 1), Stage.Ana)).Refusal);
        Assert.Equal(VoteRefusal.Requester, (await stage.DecideAsync(CaseIds.Approval(caseId, 1), signedInByObjectId)).Refusal);
    }
}
