using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>A case is found by every id of Stripe's that it came to know, to its end and after it.</summary>
public sealed class BusinessIdStoryTests
{
    [Fact]
    public async Task Case_IsFoundByCustomerChargeAndRefund_AlsoAfterARestart()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, ChargeId charge) = await stage.AskAsync();

        CaseStatus waiting = await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        string customer = Assert.Single(waiting.BusinessIds!, id => id.StartsWith("cus_", StringComparison.Ordinal));
        Assert.Equal([caseId], await FindAsync(stage, charge.Value));
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        CaseOutcome end = await stage.EndAsync(caseId);

        for (int start = 0; start < 2; start++)
        {
            foreach (string id in (string[])[customer, charge.Value, end.Refund!.Value.Value])
            {
                Assert.Equal([caseId], await FindAsync(stage, id));
            }

            await stage.RestartAsync();
        }
    }

    [Fact]
    public async Task PurgedCase_WhoseMailIsDeliveredAgain_IsNotStartedAgain()
    {
        await using Stage stage = await Stage.OpenAsync();
        var mail = new SupportMail("<again@customer.example>", "thread-again", new("Clara Klar", Stage.Clara), null, "Hello", "When do you open tomorrow?", stage.Clock.GetUtcNow());
        string caseId = (await stage.TakeInAsync(mail)).CaseId;
        await stage.EndAsync(caseId);
        Assert.Equal(1, (await stage.Client.PurgeInstanceAsync(caseId)).PurgedInstanceCount);

        TakenIn again = await stage.TakeInAsync(mail);
        await stage.RestartAsync();

        Assert.Equal(new(caseId, TakenInAs.Duplicate), again);
        Assert.Null(await stage.Client.GetInstanceAsync(caseId));
    }

    private static async Task<IReadOnlyList<string>> FindAsync(Stage stage, string id) =>
        await stage.Client.GetAllInstancesAsync(new() { BusinessId = id }).Select(one => one.InstanceId).ToListAsync();
}
