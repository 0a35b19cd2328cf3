using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Approvals;

/// <summary>Opens a round in the store; run again, it finds the round as it was opened.</summary>
internal sealed class OpenApprovalActivity(IApprovalStore store, TimeProvider clock) : IActivity<OpenApprovalInput, OpenedApproval>
{
    public async Task<OpenedApproval> RunAsync(ActivityContext context, OpenApprovalInput input, CancellationToken cancellationToken)
    {
        Proposal proposal = input.Proposal;
        DateTimeOffset now = clock.GetUtcNow();
        var fresh = new ApprovalRound(proposal, now, now + proposal.Requirement.Deadline, null, null, [], null);
        ApprovalRound round = await store.OpenAsync(await CarryAsync(fresh, input.CarriedFrom, cancellationToken), cancellationToken);
        ApprovalRequirement requirement = proposal.Requirement;
        return new(round.OpenedAt + requirement.RemindAfter, round.OpenedAt + requirement.EscalateAfter, round.DecideBy, !round.IsOpen);
    }

    /// <summary>The approver whose change led here has agreed to exactly this proposal already; nobody else has.</summary>
    private async Task<ApprovalRound> CarryAsync(ApprovalRound fresh, string? carriedFrom, CancellationToken cancellationToken)
    {
        Vote? carried = carriedFrom is null ? null : (await store.FindAsync(carriedFrom, cancellationToken))?.Votes.LastOrDefault(vote => vote.Kind == VoteKind.Approve);
        return carried is null ? fresh : ApprovalRules.Count(fresh, carried with { Charge = null, Amount = null });
    }
}
