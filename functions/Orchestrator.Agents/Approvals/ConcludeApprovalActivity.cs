using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Approvals;

/// <summary>Reads how a round ended. Told to end it, it does so when nobody has: after that no decision can change it.</summary>
internal sealed class ConcludeApprovalActivity(IApprovalStore store, TimeProvider clock) : IActivity<ConcludeApprovalInput, ApprovalOutcome?>
{
    public async Task<ApprovalOutcome?> RunAsync(ActivityContext context, ConcludeApprovalInput input, CancellationToken cancellationToken)
    {
        ApprovalRound round = await store.ChangeAsync(
            input.ApprovalId,
            current => current.IsOpen && input.OtherwiseAs is { } end ? current with { Conclusion = new(end, clock.GetUtcNow(), [], null, null, null, null) } : null,
            cancellationToken);
        return round.Conclusion is { } conclusion
            ? new(conclusion.Kind, conclusion.Charge, conclusion.Amount, conclusion.Mail is not null)
            : null;
    }
}
