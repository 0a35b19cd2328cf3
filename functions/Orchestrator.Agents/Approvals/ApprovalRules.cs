using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Approvals;

/// <summary>Who may decide what, and when a round is over. Pure.</summary>
public static class ApprovalRules
{
    /// <summary>Why this vote does not count, or null when it does.</summary>
    /// <param name="requesterIds">Addresses of whoever asked for the refund; they never decide on it.</param>
    public static VoteRefusal? Refuse(ApprovalRound round, Vote vote, IReadOnlyList<string> requesterIds)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(vote);
        return !round.IsOpen ? VoteRefusal.AlreadyDecided
            : vote.At >= round.DecideBy ? VoteRefusal.Expired
            : vote.By.Id.StartsWith("agent/", StringComparison.OrdinalIgnoreCase) ? VoteRefusal.NotAPerson
            : vote.By.IsAmong(requesterIds) ? VoteRefusal.Requester
            : round.Votes.Any(other => other.LapsedAt is null && SamePerson(other.By, vote.By)) ? VoteRefusal.VotedAlready
            : !MayDecide(round, vote.By) ? VoteRefusal.NotInGroup
            : vote.Kind == VoteKind.Deny && string.IsNullOrWhiteSpace(vote.Reason) ? VoteRefusal.ReasonMissing
            : vote.Kind == VoteKind.Approve ? RefuseChoice(round, vote)
            : null;
    }

    /// <summary>The round with the vote counted, and concluded when that was the last one needed.</summary>
    public static ApprovalRound Count(ApprovalRound round, Vote vote)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(vote);
        ApprovalRound counted = round with { Votes = [.. round.Votes, vote] };
        if (vote.Kind == VoteKind.Deny)
        {
            return counted with { Conclusion = new(ConclusionKind.Denied, vote.At, [vote.By.Id], null, null, vote.Reason, vote.TellCustomer ? vote.Mail ?? round.Proposal.MailIfDenied : null) };
        }

        ChargeOption? chosen = Chosen(round.Proposal, vote);
        bool changed = IsChange(round.Proposal, vote);
        return changed || IsMet(round.Proposal.Requirement, counted)
            ? counted with { Conclusion = Approved(counted, vote, chosen) }
            : counted;
    }

    /// <summary>Whether the votes of a round meet a requirement: each stage filled, each person counted once, wherever it helps most.</summary>
    public static bool IsMet(ApprovalRequirement requirement, ApprovalRound round)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        ArgumentNullException.ThrowIfNull(round);
        string? also = round.EscalatedAt is null ? null : requirement.EscalateTo;
        string[] places = [.. requirement.Stages.SelectMany(stage => Enumerable.Repeat(stage.Group, stage.Count))];
        Person[] people = [.. Counting(round).Select(vote => vote.By)];
        var takenBy = new int[places.Length];
        Array.Fill(takenBy, -1);
        return Enumerable.Range(0, people.Length).Count(person => Seat(person, [])) == places.Length;

        // Who could sit in two places moves when somebody else can only sit in one (a maximum matching, by augmenting paths).
        bool Seat(int person, HashSet<int> tried) => Enumerable.Range(0, places.Length).Any(place =>
        {
            bool fits = people[person].Groups.Contains(places[place]) || (also is not null && people[person].Groups.Contains(also));
            if (!fits || !tried.Add(place) || (takenBy[place] >= 0 && !Seat(takenBy[place], tried)))
            {
                return false;
            }

            takenBy[place] = person;
            return true;
        });
    }

    /// <summary>Approvals of whoever may still decide.</summary>
    public static IEnumerable<Vote> Counting(ApprovalRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return round.Votes.Where(vote => vote is { Kind: VoteKind.Approve, LapsedAt: null });
    }

    /// <summary>The round in which no vote counts whose voter the policy file has since taken out of the groups that decide.</summary>
    /// <param name="groups">Members by group, as the policy file says now.</param>
    public static ApprovalRound LetLapse(ApprovalRound round, IReadOnlyDictionary<string, IReadOnlyList<string>> groups, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(groups);
        return round.Votes.Any(HasLapsed) ? round with { Votes = [.. round.Votes.Select(vote => HasLapsed(vote) ? vote with { LapsedAt = now } : vote)] } : round;

        bool HasLapsed(Vote vote) => vote.LapsedAt is null && !MayDecide(round, vote.By with { Groups = [.. vote.By.Groups.Where(group => IsStillIn(vote.By, group))] });

        bool IsStillIn(Person voter, string group) =>
            voter.ListedIn?.Contains(group) != true
            || (groups.TryGetValue(group, out IReadOnlyList<string>? members) && members.Contains(voter.Id, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The groups that may decide in this round now.</summary>
    public static IReadOnlyList<string> GroupsThatMayDecide(ApprovalRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        IEnumerable<string> groups = round.Proposal.Requirement.Stages.Select(stage => stage.Group);
        return [.. (round.EscalatedAt is not null && round.Proposal.Requirement.EscalateTo is { } next ? groups.Append(next) : groups).Distinct()];
    }

    public static bool MayDecide(ApprovalRound round, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return GroupsThatMayDecide(round).Any(person.Groups.Contains);
    }

    /// <summary>A choice among candidates or a smaller amount is a new proposal: the policy has to be asked again.</summary>
    private static bool IsChange(Proposal proposal, Vote vote) =>
        proposal.Kind == ProposalKind.Refund
        && (proposal.Charges.Count > 1 || (vote.Amount is { } amount && amount != proposal.Charges[0].Refund));

    private static ChargeOption? Chosen(Proposal proposal, Vote vote) =>
        vote.Charge is { } charge ? proposal.Charges.FirstOrDefault(option => option.Charge == charge)
        : proposal.Charges.Count == 1 ? proposal.Charges[0]
        : null;

    private static VoteRefusal? RefuseChoice(ApprovalRound round, Vote vote)
    {
        if (round.Proposal.Kind != ProposalKind.Refund)
        {
            return null;
        }

        if (Chosen(round.Proposal, vote) is not { } chosen)
        {
            return VoteRefusal.ChargeMissing;
        }

        Money amount = vote.Amount ?? chosen.Refund;
        return amount.Currency != chosen.Refund.Currency || amount.MinorUnits <= 0 || amount > chosen.Refund ? VoteRefusal.AmountOutOfRange : null;
    }

    private static Conclusion Approved(ApprovalRound round, Vote last, ChargeOption? chosen) => new(
        ConclusionKind.Approved,
        last.At,
        [.. Counting(round).Select(vote => vote.By.Id)],
        chosen?.Charge,
        last.Amount ?? chosen?.Refund,
        last.Reason,
        Counting(round).LastOrDefault(vote => vote.Mail is not null)?.Mail ?? round.Proposal.Mail);

    private static bool SamePerson(Person left, Person right) => string.Equals(left.Id, right.Id, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Why a vote does not count.</summary>
public enum VoteRefusal
{
    AlreadyDecided,
    Expired,
    NotAPerson,
    Requester,
    VotedAlready,
    NotInGroup,
    ReasonMissing,
    ChargeMissing,
    AmountOutOfRange,

    /// <summary>The page was drawn before the customer wrote again, or before the proposal changed.</summary>
    Stale,
}
