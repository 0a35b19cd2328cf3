using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.Cases;

/// <summary>Ends a case by hand: nothing further happens by itself, its open approvals are withdrawn, its file is closed. Never while money moves.</summary>
internal sealed class CaseTermination(CaseBoard board, IOrchestrationClient orchestrations, IApprovalStore approvals, ICaseFiles files, IAuditLog audit, TimeProvider clock)
{
    /// <returns>Why not, or null when it ended.</returns>
    public async Task<Problem?> EndAsync(string caseId, Person by, string? reason, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(caseId, cancellationToken) is not { } one)
        {
            return Problem.NotFound("case", caseId);
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500 || reason.Any(char.IsControl))
        {
            return Problem.Fields("Ending a case needs a reason.", new Dictionary<string, string[]> { ["reason"] = ["One line of at most 500 letters."] });
        }

        if (!one.IsOpen)
        {
            return Problem.Of(409, "case-ended", "The case has ended", $"{one.Why} There is nothing left to end.");
        }

        if (one.Phase is CasePhase.Refunding or CasePhase.TellingCustomer or CasePhase.Settling)
        {
            return MoneyMoves();
        }

        // Withdrawn first, so that nobody can approve between the two.
        foreach (ApprovalRound round in (await approvals.ListAsync(caseId, cancellationToken)).Where(round => round.IsOpen))
        {
            await approvals.ChangeAsync(
                round.Proposal.ApprovalId,
                current => current.IsOpen ? current with { Conclusion = new(ConclusionKind.Voided, clock.GetUtcNow(), [by.Id], null, null, "The case was ended by an operator.", null) } : null,
                CancellationToken.None);
        }

        // An approval that was given a moment ago may be moving money already: then the case goes on.
        if ((await approvals.ListAsync(caseId, cancellationToken)).MaxBy(round => round.Proposal.Round) is { Proposal.Kind: ProposalKind.Refund, Conclusion.Kind: ConclusionKind.Approved })
        {
            return MoneyMoves();
        }

        await orchestrations.TerminateInstanceAsync(caseId, reason, CancellationToken.None);
        await files.CloseAsync(caseId, clock.GetUtcNow(), CancellationToken.None);
        string arguments = new ActArguments().With("reason_letters", reason.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToJson();
        await audit.AppendAsync(new(clock.GetUtcNow(), caseId, "person/" + by.Id, "cases.terminate", arguments, [], null, null, null, null, null, "succeeded"), CancellationToken.None);
        return null;
    }

    private static Problem MoneyMoves() =>
        Problem.Of(409, "case-money-moving", "Money is moving", "What was approved is being done or settled, so the case can't be ended now.", "Wait until it is settled; it ends by itself.");
}
