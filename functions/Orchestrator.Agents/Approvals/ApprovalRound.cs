using System.Text.Json.Serialization;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Approvals;

/// <summary>A proposal with what people made of it: the truth about one approval round.</summary>
/// <param name="FirstOpenedAt">When a signed-in person first saw the page: the receipt that the card arrived.</param>
/// <param name="EscalatedAt">Set once the next group may decide as well.</param>
public sealed record ApprovalRound(
    Proposal Proposal,
    DateTimeOffset OpenedAt,
    DateTimeOffset DecideBy,
    DateTimeOffset? FirstOpenedAt,
    DateTimeOffset? EscalatedAt,
    IReadOnlyList<Vote> Votes,
    Conclusion? Conclusion)
{
    public bool IsOpen => Conclusion is null;
}

/// <summary>Who is signed in, as the edge proved it. Never built from a request's body.</summary>
/// <param name="Id">Stable id at the edge: the address, in lower case, or object id and tenant as <c>oid@tid</c>.</param>
/// <param name="Groups">Approver groups, from the policy file and the edge's claims.</param>
public sealed record Person(string Id, string Name, IReadOnlyList<string> Groups)
{
    /// <summary>Addresses that sign-in names beside the id, in lower case. They can be given to somebody else, so they give no right; they only keep a requester from approving.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>Those of the groups that the policy file lists this person in: whether they still are can be looked up. The others were proved by sign-in, for that moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ListedIn { get; init; }

    /// <summary>Whether one of these addresses is this person's.</summary>
    public bool IsAmong(IReadOnlyList<string> addresses) =>
        (Addresses ?? []).Append(Id).Any(own => addresses.Contains(own, StringComparer.OrdinalIgnoreCase));
}

/// <summary>One person's decision in one round.</summary>
/// <param name="Charge">Which candidate was chosen; required when there are several.</param>
/// <param name="Amount">Less than proposed, when the approver cut it.</param>
/// <param name="Reason">Required on a denial.</param>
/// <param name="Mail">The mail as this person left it, when edited.</param>
/// <param name="TellCustomer">On a denial: whether the denial mail goes out.</param>
public sealed record Vote(
    Person By,
    VoteKind Kind,
    ChargeId? Charge,
    Money? Amount,
    string? Reason,
    MailDraft? Mail,
    bool TellCustomer,
    DateTimeOffset At)
{
    /// <summary>When it was found that this person may not decide any more: the vote does not count from then on. Null while it counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LapsedAt { get; init; }
}

public enum VoteKind
{
    Approve,
    Deny,
}

/// <summary>How a round ended. The first conclusion stands.</summary>
/// <param name="Charge">The charge that was agreed on, when money moves.</param>
/// <param name="Amount">The amount that was agreed on, when money moves.</param>
/// <param name="Mail">The mail that was agreed on; null when none goes out.</param>
public sealed record Conclusion(
    ConclusionKind Kind,
    DateTimeOffset At,
    IReadOnlyList<string> By,
    ChargeId? Charge,
    Money? Amount,
    string? Reason,
    MailDraft? Mail);

public enum ConclusionKind
{
    Approved,
    Denied,
    Expired,

    /// <summary>The facts changed, or the case ended, before anyone's decision took effect.</summary>
    Voided,
}
