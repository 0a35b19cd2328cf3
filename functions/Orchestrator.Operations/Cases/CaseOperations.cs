using System.Globalization;
using System.Text;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.Cases;

/// <summary>
/// Acts on a case by hand. The operator's words go to the case file, where they can be erased; the orchestration's history and the audit record get their length only.
/// </summary>
internal sealed class CaseOperations(CaseBoard board, IOrchestrationClient orchestrations, IApprovalStore approvals, ICaseFiles files, IAuditLog audit, TimeProvider clock)
{
    private const int LongestReason = 500;

    private static readonly CompositeFormat OnFile = CompositeFormat.Parse("By an operator; the reason, {0} letters, is in the case file.");

    /// <returns>Why not, or null when it is done.</returns>
    public async Task<Problem?> DoAsync(CaseAct act, string caseId, Person by, string? reason, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(caseId, cancellationToken) is not { } one)
        {
            return Problem.NotFound("case", caseId);
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason || reason.Any(char.IsControl))
        {
            return Problem.Fields($"To {act.Name} a case needs a reason.", new Dictionary<string, string[]> { ["reason"] = [$"One line of at most {LongestReason} letters."] });
        }

        if (!CaseAct.For(one).Contains(act))
        {
            return NotNow(act, one);
        }

        if (act == CaseAct.End && await WithdrawAsync(one, by, cancellationToken) is { } moving)
        {
            return moving;
        }

        string letters = reason.Length.ToString(CultureInfo.InvariantCulture);
        DateTimeOffset now = clock.GetUtcNow();

        // From here on it is done to the end, also for a caller who has gone.
        string arguments = new ActArguments().With("reason_letters", letters).ToJson();
        AuditEntry RecordOf(string outcome) => new(clock.GetUtcNow(), caseId, "person/" + by.Id, act.Tool, arguments, [], null, null, null, null, null, outcome);
        await files.NoteAsync(CaseReader.FileId(caseId), new(now, by.Id, act.Tool, reason), RecordOf("attempted"), CancellationToken.None);
        await PerformAsync(act, caseId, string.Format(CultureInfo.InvariantCulture, OnFile, letters), now);
        await audit.AppendAsync(RecordOf("succeeded"), CancellationToken.None);
        return null;
    }

    private async Task PerformAsync(CaseAct act, string caseId, string words, DateTimeOffset now)
    {
        switch (act.Name)
        {
            case "suspend":
                await orchestrations.SuspendInstanceAsync(caseId, words, CancellationToken.None);
                break;
            case "resume":
                await orchestrations.ResumeInstanceAsync(caseId, words, CancellationToken.None);
                break;
            case "rewind":
                await orchestrations.RewindInstanceAsync(caseId, words, CancellationToken.None);
                break;
            case "end":
                await orchestrations.TerminateInstanceAsync(caseId, words, CancellationToken.None);
                await files.CloseAsync(caseId, now, CancellationToken.None);
                break;
            case "purge":
                // Closed first: an open file without an orchestration is what a start takes up again.
                await files.CloseAsync(caseId, now, CancellationToken.None);
                await orchestrations.PurgeInstanceAsync(caseId, CancellationToken.None);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act.Name, "There is no such act.");
        }
    }

    /// <summary>Withdraws what waits for people, first, so that nobody can approve between the two. Never while money moves.</summary>
    private async Task<Problem?> WithdrawAsync(CaseView one, Person by, CancellationToken cancellationToken)
    {
        if (one.Phase is CasePhase.Refunding or CasePhase.TellingCustomer or CasePhase.Settling)
        {
            return MoneyMoves();
        }

        foreach (ApprovalRound round in (await approvals.ListAsync(one.CaseId, cancellationToken)).Where(round => round.IsOpen))
        {
            DateTimeOffset now = clock.GetUtcNow();
            bool withdrawn = false;
            await approvals.ChangeAsync(
                round.Proposal.ApprovalId,
                current =>
                {
                    withdrawn = current.IsOpen;
                    return withdrawn ? current with { Conclusion = new(ConclusionKind.Voided, now, [by.Id], null, null, "The case was ended by an operator.", null) } : null;
                },
                standing => withdrawn ? WithdrawalOf(standing, by, now) : null,
                CancellationToken.None);
        }

        // An approval that was given a moment ago may be moving money already: then the case goes on.
        return (await approvals.ListAsync(one.CaseId, cancellationToken)).MaxBy(round => round.Proposal.Round) is { Proposal.Kind: ProposalKind.Refund, Conclusion.Kind: ConclusionKind.Approved }
            ? MoneyMoves()
            : null;
    }

    private static AuditEntry WithdrawalOf(ApprovalRound round, Person by, DateTimeOffset now)
    {
        string arguments = new ActArguments().With("approval", round.Proposal.ApprovalId).ToJson();
        return new(now, round.Proposal.CaseId, "person/" + by.Id, "approvals.withdraw", arguments, [], null, null, null, null, null, "succeeded");
    }

    private static Problem NotNow(CaseAct act, CaseView one)
    {
        string could = string.Join(" or ", CaseAct.For(one).Select(possible => possible.Name));
        return act == CaseAct.End && !one.IsOpen
            ? Problem.Of(409, "case-ended", "The case has ended", $"{one.Why} There is nothing left to end.")
            : Problem.Of(409, "case-not-in-state", "Not in this state", $"{one.Why} So it can't be done now: {act.Name}.", $"What can be done: {could}.");
    }

    private static Problem MoneyMoves() =>
        Problem.Of(409, "case-money-moving", "Money is moving", "What was approved is being done or settled, so the case can't be ended now.", "Wait until it is settled; it ends by itself.");
}
