using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Approvals;

/// <summary>Lets the next group decide as well. False when there is none, or the round is over.</summary>
internal sealed class EscalateApprovalActivity(IApprovalStore store, TimeProvider clock) : IActivity<string, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
    {
        ApprovalRound round = await store.ChangeAsync(
            input,
            current => current.IsOpen && current.EscalatedAt is null && current.Proposal.Requirement.EscalateTo is not null
                ? current with { EscalatedAt = clock.GetUtcNow() }
                : null,
            cancellationToken);
        return round.IsOpen && round.EscalatedAt is not null;
    }
}
