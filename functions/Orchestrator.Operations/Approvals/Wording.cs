using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Approvals;

/// <summary>A proposal in words and money, the same on queue, page and API.</summary>
internal static class Wording
{
    /// <summary>What will happen, in one line.</summary>
    public static string Headline(Proposal proposal) => proposal switch
    {
        { Kind: ProposalKind.Refund, Charges: [var only] } => $"Refund {only.Refund} of {only.Paid} paid with {only.Method}",
        { Kind: ProposalKind.Refund } => $"Choose which of {proposal.Charges.Count} payments to refund",
        { Kind: ProposalKind.DeclineReply } => "Tell the customer that there will be no refund",
        _ => "Ask the customer which payment is meant",
    };

    /// <summary>The button that agrees: verb and amount.</summary>
    public static string ApproveLabel(Proposal proposal) => proposal switch
    {
        { Kind: ProposalKind.Refund, Charges: [var only] } => $"Refund {only.Refund}",
        { Kind: ProposalKind.Refund } => "Refund the chosen payment",
        _ => "Send the reply",
    };

    /// <summary>The amount, when it is one.</summary>
    public static Money? Amount(Proposal proposal) => proposal is { Kind: ProposalKind.Refund, Charges: [var only] } ? only.Refund : null;

    public static int VotesNeeded(Proposal proposal) => proposal.Requirement.Stages.Sum(stage => stage.Count);

    public static int VotesSoFar(ApprovalRound round) => ApprovalRules.Counting(round).Count();

    /// <summary>Who must agree: <c>2 of finance, then 1 of leads</c>.</summary>
    public static string Requirement(ApprovalRequirement requirement) =>
        string.Join(", then ", requirement.Stages.Select(stage => $"{stage.Count} of {stage.Group}"));

    public static RoundState State(ApprovalRound round, DateTimeOffset now) => round.Conclusion?.Kind switch
    {
        ConclusionKind.Approved => RoundState.Approved,
        ConclusionKind.Denied => RoundState.Denied,
        ConclusionKind.Expired => RoundState.Expired,
        ConclusionKind.Voided => RoundState.Voided,
        _ => now >= round.DecideBy ? RoundState.Expired : RoundState.Open,
    };

    /// <summary>The names of those who decided, in the order in which they did.</summary>
    public static string Deciders(ApprovalRound round)
    {
        IEnumerable<string> names = (round.Conclusion?.By ?? []).Select(id => round.Votes.LastOrDefault(vote => vote.By.Id == id)?.By.Name ?? id).Distinct();
        return string.Join(" and ", names);
    }

    public static string Risk(RiskLevel risk) => risk switch
    {
        RiskLevel.Normal => "normal risk",
        RiskLevel.Elevated => "elevated risk",
        RiskLevel.Highest => "highest risk",
        RiskLevel.NotAssessed => "risk not assessed",
        _ => "risk unknown",
    };
}

/// <summary>How a round stands for whoever looks at it now: past its deadline it is expired, whether or not its orchestration woke up yet.</summary>
public enum RoundState
{
    Open,
    Approved,
    Denied,
    Expired,
    Voided,
}
