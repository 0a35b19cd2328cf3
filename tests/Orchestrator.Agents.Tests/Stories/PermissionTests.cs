using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>Who or what allowed the money to move: a rule that is switched on by name, or a stored approval, whatever a history claims.</summary>
public sealed class PermissionTests
{
    private const string Off = "automatic-approval: off";
    private const string On = "automatic-approval: [tiny]";
    private const long Tiny = 1200;

    [Fact]
    public async Task AutomaticRule_NotSwitchedOn_AsksAPerson()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync(minorUnits: Tiny);

        Assert.Equal("tiny", (await stage.RoundAsync(CaseIds.Approval(caseId, 1))).Proposal.Basis.Rule);
        Assert.Empty(await stage.Shop.RefundsAsync());
    }

    [Fact]
    public async Task AutomaticRule_SwitchedOnByName_RefundsWithoutAnApproval()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy(Off, On);
        await stage.Shop.SellAsync(Stage.Clara, Tiny, "W-3001");
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.");

        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        Assert.Empty(await stage.Approvals.ListAsync(caseId, CancellationToken.None));
        Assert.Single(await stage.Shop.RefundsAsync());
        Assert.Single(await stage.Shop.MailsAsync());
    }

    [Fact]
    public async Task AutomaticRule_ManyMailsOfOneSenderSideBySide_RefundsOneAtMostByItself()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy(Off, On);
        string[] orders = [.. Enumerable.Range(0, 12).Select(number => $"W-{3100 + number}")];
        foreach (string order in orders)
        {
            await stage.Shop.SellAsync(Stage.Clara, Tiny, order);
        }

        string[] cases = await Task.WhenAll(orders.Select(order => stage.WriteAsync($"My order {order} never arrived. Please refund me.")));
        int asked = 0;
        foreach (string caseId in cases)
        {
            while ((await stage.Approvals.ListAsync(caseId, CancellationToken.None)).Count == 0 && (await stage.Client.GetInstanceAsync(caseId))?.HasEnded != true)
            {
                await Task.Delay(10);
            }

            asked += (await stage.Approvals.ListAsync(caseId, CancellationToken.None)).Count;
        }

        Assert.InRange((await stage.Shop.RefundsAsync()).Count, 0, 1);
        Assert.InRange(asked, cases.Length - 1, cases.Length);
    }

    [Fact]
    public async Task AutomaticRule_SwitchedOffBetweenDecisionAndRefund_LetsNothingLeave()
    {
        await using Stage stage = await Stage.OpenAsync();
        stage.EditPolicy(Off, On);
        stage.BeforeActivity = activity =>
        {
            if (activity == ActivityNames.IssueRefund)
            {
                stage.EditPolicy(On, Off);
            }
        };
        await stage.Shop.SellAsync(Stage.Clara, Tiny, "W-3001");
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.");

        TaskFailureDetails failure = await stage.FailureAsync(caseId);
        Assert.Contains("rule 'tiny' is not switched on", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(await stage.Shop.RefundsAsync());
        Assert.Empty(await stage.Shop.MailsAsync());
    }

    [Fact]
    public async Task ForgedHistory_ClaimingWhatTheStoreDoesNotHold_MovesNoMoney()
    {
        await using Stage stage = await Stage.OpenAsync();

        // Approved, and kept from its refund by its key: the approval lies there, unused.
        (string approved, ChargeId charge) = await stage.AskAsync();
        stage.Keys.Enable(KeyNames.StripeRefund, enabled: false);
        string approval = CaseIds.Approval(approved, 1);
        await stage.ApproveAsync(approval, Stage.Ana);
        await stage.FailureAsync(approved);
        stage.Keys.Enable(KeyNames.StripeRefund, enabled: true);
        (string open, ChargeId other) = await stage.AskAsync("W-3002");

        var right = new RefundIntent(approved, "refund-1", approval, null, charge, Given.Euro(4200), RefundReason.NotReceived);
        Dictionary<string, RefundIntent> forgeries = new()
        {
            ["a larger amount"] = right with { Amount = Given.Euro(4201) },
            ["a smaller amount"] = right with { Amount = Given.Euro(4199) },
            ["another currency"] = right with { Amount = new(4200, Currency.Parse("usd")) },
            ["another charge"] = right with { Charge = other },
            ["an open round"] = right with { CaseId = open, ApprovalId = CaseIds.Approval(open, 1), Charge = other },
            ["another case's approval"] = right with { CaseId = open },
            ["an approval that never was"] = right with { ApprovalId = CaseIds.Approval(approved, 7) },
            ["a rule that is off"] = right with { ApprovalId = null, AutomaticRule = "tiny" },
            ["nothing"] = right with { ApprovalId = null },
        };
        foreach ((string what, RefundIntent forged) in forgeries)
        {
            string id = "forged: " + what;
            await stage.Client.ScheduleNewOrchestrationInstanceAsync(Stage.Forged, forged, id);
            TaskFailureDetails failure = await stage.FailureAsync(id);
            Assert.True((failure.InnerFailure ?? failure).IsCausedBy<PermanentFailureException>(), $"{what}: {failure.ErrorMessage}");
        }

        Assert.Empty(await stage.Shop.RefundsAsync());

        // The same door opens for what was agreed on, so it was not shut for another reason.
        await stage.Client.RewindInstanceAsync(approved, "The key is there again.");
        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(approved)).End);
        Assert.Equal(charge.Value, Assert.Single(await stage.Shop.RefundsAsync())["charge"]!.GetValue<string>());
    }
}
