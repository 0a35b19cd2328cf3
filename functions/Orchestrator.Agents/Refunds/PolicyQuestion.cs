using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>Everything the policy is asked about: what is wanted, and what Stripe says now.</summary>
/// <param name="Candidates">Read anew for this question.</param>
/// <param name="Amount">What an approver set it to; null: what the mail asks for, or all that is left.</param>
public sealed record PolicyQuestion(
    string CaseId,
    Reading.RefundRequest Request,
    IReadOnlyList<ChargeFacts> Candidates,
    Money? Amount,
    IReadOnlyList<DateTimeOffset> EarlierRefunds,
    int ActiveSubscriptions,
    IReadOnlyList<string> EarlierCases,
    IReadOnlyList<string> Notices,
    DateTimeOffset Now);

/// <summary>What the policy answered, with all that an approver is shown about it.</summary>
/// <param name="Replies">Who agrees to a mail in which no money moves.</param>
public sealed record Assessment(
    RefundDecision Decision,
    IReadOnlyList<ChargeOption> Options,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<string> Notices,
    ApprovalRequirement Replies);
