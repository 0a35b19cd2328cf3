using System.Globalization;

namespace Orchestrator.Agents.Approvals;

/// <summary>What people are told about a proposal, in the channel and in the status. No personal data: everybody in the channel reads it.</summary>
public static class ApprovalNotices
{
    /// <summary>One sentence: why the case is not done.</summary>
    public static string WaitingFor(Proposal proposal) => $"Waiting for approval by {Groups(proposal)}: {What(proposal)}.";

    public static ApprovalNotice Asked(Proposal proposal, DateTimeOffset decideBy) =>
        Notice(proposal, NoticeKind.ApprovalAsked, "Approval needed", decideBy);

    public static ApprovalNotice Reminder(Proposal proposal, DateTimeOffset decideBy) =>
        Notice(proposal, NoticeKind.Reminder, "Reminder: approval needed", decideBy);

    public static ApprovalNotice Escalation(Proposal proposal, DateTimeOffset decideBy) =>
        Notice(proposal, NoticeKind.Escalation, $"Escalated to {proposal.Requirement.EscalateTo}: approval needed", decideBy);

    /// <summary>What is asked, in money and in words.</summary>
    public static string What(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return proposal.Kind switch
        {
            ProposalKind.DeclineReply => "tell the customer that there is no refund",
            ProposalKind.AskForCharge => "ask the customer which payment is meant",
            _ when proposal.Charges.Count == 1 => $"refund {proposal.Charges[0].Refund} of {proposal.Charges[0].Paid}",
            _ => $"refund one of {proposal.Charges.Count} payments, up to {proposal.Charges.MaxBy(charge => charge.Refund.Major)!.Refund}",
        };
    }

    private static ApprovalNotice Notice(Proposal proposal, NoticeKind kind, string lead, DateTimeOffset decideBy)
    {
        List<Fact> facts =
        [
            new("Case", proposal.CaseId, ""),
            new("Rule", proposal.Basis.Rule, ""),
            new("Decide by", decideBy.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), ""),
        ];
        if (proposal.Charges.Count == 1)
        {
            facts.Insert(1, new("Paid with", proposal.Charges[0].Method, ""));
        }

        string what = What(proposal);
        return new(
            proposal.CaseId,
            kind,
            $"{lead}: {what}",
            $"For {Groups(proposal)}.",
            facts,
            "/approvals/" + proposal.ApprovalId,
            "Review");
    }

    private static string Groups(Proposal proposal) => string.Join(
        " and ",
        proposal.Requirement.Stages.Select(stage => stage.Count == 1 ? stage.Group : $"{stage.Count} of {stage.Group}"));
}
