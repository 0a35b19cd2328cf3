using Orchestrator.Agents.Cases;

namespace Orchestrator.Agents.Tests.Stories;

public sealed class HintTests
{
    [Fact]
    public async Task DecisionEvent_WithNoDecisionInTheStore_LeavesTheRoundOpen()
    {
        await using Stage stage = await Stage.OpenAsync();
        (string caseId, _) = await stage.AskAsync();
        string approvalId = CaseIds.Approval(caseId, 1);
        await stage.Client.RaiseEventAsync(caseId, CaseIds.ApprovalEvent(1), approvalId);

        // The clock moves only after the look into the store, which would take four hours otherwise.
        await stage.DidAsync(caseId, "ConcludeApproval");
        await stage.PassAsync(caseId, TimeSpan.FromHours(4), CasePhase.AwaitingApproval);
        Assert.True((await stage.RoundAsync(approvalId)).IsOpen);
    }
}
