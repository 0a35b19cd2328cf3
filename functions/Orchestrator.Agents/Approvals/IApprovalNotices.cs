using System.Text.Json.Serialization;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Approvals;

/// <summary>Tells people that something waits for them, with the key <c>teams-webhook</c>. Everybody in the channel reads it, so nothing personal is in it.</summary>
public interface IApprovalNotices
{
    /// <exception cref="OutsideFailureException">The channel did not take it.</exception>
    Task PostAsync(ActCall call, ApprovalNotice notice, CancellationToken cancellationToken);
}

/// <param name="Title">One line: what is asked, in money and in words.</param>
/// <param name="Facts">Label and value, few.</param>
/// <param name="Path">Path of the page that decides, such as <c>/approvals/case-x-r1</c>; the public base address is a setting.</param>
/// <param name="ActionTitle">The link's text.</param>
public sealed record ApprovalNotice(string CaseId, NoticeKind Kind, string Title, string Text, IReadOnlyList<Fact> Facts, string Path, string ActionTitle)
{
    /// <summary>Whose matter it is: notices of one lane wait for each other before those of another wait for them. Known where the notice is posted; in no history and on no card.</summary>
    [JsonIgnore]
    public string Lane { get; init; } = CaseId;
}

public enum NoticeKind
{
    ApprovalAsked,
    Reminder,
    Escalation,
    NeedsPerson,
}
