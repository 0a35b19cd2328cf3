using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Mail;
using Orchestrator.Operations.Cases;

namespace Orchestrator.Operations.Approvals;

/// <summary>An approval round in a list.</summary>
/// <param name="Groups">Those that may decide now.</param>
internal sealed record ApprovalSummary(
    string ApprovalId,
    string CaseId,
    int Round,
    ProposalKind Kind,
    string Title,
    MoneyView? Amount,
    RoundState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset DecideBy,
    DateTimeOffset? FirstOpenedAt,
    IReadOnlyList<string> Groups,
    int Votes,
    int VotesNeeded,
    ApprovalConclusion? Conclusion)
{
    public static ApprovalSummary Of(ApprovalRound round, DateTimeOffset now) => new(
        round.Proposal.ApprovalId,
        round.Proposal.CaseId,
        round.Proposal.Round,
        round.Proposal.Kind,
        Wording.Headline(round.Proposal),
        MoneyView.Of(Wording.Amount(round.Proposal)),
        Wording.State(round, now),
        round.OpenedAt,
        round.DecideBy,
        round.FirstOpenedAt,
        ApprovalRules.GroupsThatMayDecide(round),
        Wording.VotesSoFar(round),
        Wording.VotesNeeded(round.Proposal),
        round.Conclusion is { } end ? new(end.Kind, end.At, end.By, end.Charge?.Value, MoneyView.Of(end.Amount), end.Reason) : null);
}

internal sealed record ApprovalConclusion(ConclusionKind Kind, DateTimeOffset At, IReadOnlyList<string> By, string? Charge, MoneyView? Amount, string? Reason);

internal sealed record ApprovalList(IReadOnlyList<ApprovalSummary> Approvals);

/// <summary>An approval with all that its page shows, apart from the customer's own words, which are with the case.</summary>
/// <param name="MessagesSeen">Give it back with the decision: it proves that no newer mail was overlooked.</param>
/// <param name="MayNot">Why whoever asks can't decide; absent when they can.</param>
internal sealed record ApprovalDetail(
    ApprovalSummary Approval,
    IReadOnlyList<ApprovalCharge> Charges,
    ApprovalBasis Basis,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<string> Notices,
    MailDraft Mail,
    MailDraft? MailIfDenied,
    IReadOnlyList<ApprovalVote> Decisions,
    int MessagesSeen,
    string? MayNot)
{
    public static ApprovalDetail Of(ApprovalView view) => Of(view.Round, view.Now, view.Messages.Count, view.MayNot?.Detail);

    /// <summary>Of the round alone: all that is needed to answer a decision that is stored.</summary>
    public static ApprovalDetail Of(ApprovalRound round, DateTimeOffset now, int messagesSeen, string? mayNot)
    {
        Proposal proposal = round.Proposal;
        return new(
            ApprovalSummary.Of(round, now),
            [.. proposal.Charges.Select(charge => new ApprovalCharge(charge.Charge.Value, MoneyView.Of(charge.Paid)!, MoneyView.Of(charge.RefundedBefore)!, MoneyView.Of(charge.Refund)!, MoneyView.Of(charge.Left)!, charge.Method, charge.ChargedAt, charge.Risk.ToString()))],
            new(proposal.Basis.Rule, proposal.Basis.PolicyVersion, proposal.Basis.PolicyHash, [.. proposal.Basis.Met.Select(met => $"{met.Condition} {met.Threshold}: it is {met.Value}")]),
            proposal.Facts,
            proposal.Differences,
            proposal.Notices,
            proposal.Mail,
            proposal.MailIfDenied,
            [.. round.Votes.Select(vote => new ApprovalVote(vote.By.Id, vote.By.Name, vote.Kind, vote.Charge?.Value, MoneyView.Of(vote.Amount), vote.Reason, vote.At) { LapsedAt = vote.LapsedAt })],
            messagesSeen,
            mayNot);
    }
}

internal sealed record ApprovalCharge(string Charge, MoneyView Paid, MoneyView RefundedBefore, MoneyView Refund, MoneyView Left, string Method, DateTimeOffset ChargedAt, string Risk);

internal sealed record ApprovalBasis(string Rule, string PolicyVersion, string PolicyHash, IReadOnlyList<string> Met);

internal sealed record ApprovalVote(string Id, string Name, VoteKind Kind, string? Charge, MoneyView? Amount, string? Reason, DateTimeOffset At)
{
    /// <summary>Since when the vote does not count any more; left out while it does.</summary>
    public DateTimeOffset? LapsedAt { get; init; }
}
