using System.Diagnostics;
using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.Approvals;

/// <summary>Why a decision did not count, as a sentence for whoever made it and a status for programs.</summary>
internal static class RefusalWords
{
    public static Problem Of(VoteRefusal refusal, ApprovalRound round) => refusal switch
    {
        VoteRefusal.AlreadyDecided => Problem.Of(409, "approval-already-decided", "Already decided", AlreadyDecided(round), "Nothing was changed by your click."),
        VoteRefusal.Expired => Problem.Of(410, "approval-expired", "Too late", $"This approval ended at {When(round.DecideBy)} without a decision.", "The case says what happens next; nothing was changed by your click."),
        VoteRefusal.NotAPerson => Problem.Of(403, "approval-not-a-person", "Only a person decides", "The agent's own account can't decide on what the agent proposes.", "Sign in as a person."),
        VoteRefusal.Requester => Problem.Of(403, "approval-requester", "Not your own request", "You wrote the mail that asks for this, so somebody else has to decide on it.", $"Ask someone of {Groups(round)}."),
        VoteRefusal.VotedAlready => Problem.Of(409, "approval-voted-already", "You decided already", "Your decision counts already; the others are still missing.", $"{Missing(round)} of {Groups(round)} has to decide as well."),
        VoteRefusal.NotInGroup => Problem.Of(403, "approval-not-in-group", "Not your decision", $"Only {Groups(round)} may decide on this, and you are in none of these groups.", $"Ask someone of {Groups(round)}."),
        VoteRefusal.ReasonMissing => Problem.Of(422, "approval-reason-missing", "Say why", "A denial needs a reason.", "Choose one or write it in your own words."),
        VoteRefusal.ChargeMissing => Problem.Of(422, "approval-charge-missing", "Choose a payment", "Several payments may be meant, and none of them was chosen.", "Choose the one to refund."),
        VoteRefusal.AmountOutOfRange => Problem.Of(422, "approval-amount-out-of-range", "Check the amount", $"The amount must be more than nothing, at most what was proposed{Proposed(round)}, and in the payment's own currency.", "Mend the amount."),
        VoteRefusal.Stale => Problem.Of(409, "approval-stale", "Something came in meanwhile", "The customer wrote again after your page was drawn, so your decision was not counted.", "Read the new message below, then decide."),
        _ => throw new UnreachableException(),
    };

    private static string AlreadyDecided(ApprovalRound round)
    {
        Conclusion conclusion = round.Conclusion!;
        string who = Wording.Deciders(round);
        return conclusion.Kind switch
        {
            ConclusionKind.Approved => $"{who} approved this at {When(conclusion.At)}{(conclusion.Amount is { } amount ? $": {amount}" : "")}.",
            ConclusionKind.Denied => $"{who} denied this at {When(conclusion.At)}.",
            ConclusionKind.Expired => $"This approval ended at {When(conclusion.At)} without a decision.",
            _ => $"This approval was withdrawn at {When(conclusion.At)}{(conclusion.Reason is { } reason ? $": {reason}" : " because the facts changed.")}",
        };
    }

    private static string Missing(ApprovalRound round) =>
        Math.Max(1, Wording.VotesNeeded(round.Proposal) - Wording.VotesSoFar(round)) is 1 ? "One more person" : "More people";

    private static string Groups(ApprovalRound round) => string.Join(" or ", ApprovalRules.GroupsThatMayDecide(round));

    private static string Proposed(ApprovalRound round) => Wording.Amount(round.Proposal) is { } amount ? $" ({amount})" : "";

    private static string When(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
