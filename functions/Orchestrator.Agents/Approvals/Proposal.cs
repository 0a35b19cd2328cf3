using System.Text.Json.Serialization;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Approvals;

/// <summary>What a person is asked to agree to. Complete and free of personal data: it goes into history, and its hash into the audit.</summary>
/// <param name="ApprovalId"><c>&lt;case id&gt;-r&lt;round&gt;</c>.</param>
/// <param name="Charges">The charge, or the candidates among which the approver chooses; empty when no money moves.</param>
/// <param name="Differences">What changed since the last round, when there was one.</param>
/// <param name="Notices">What the approver must be warned of, one sentence each.</param>
/// <param name="Mail">Goes out when approved; the approver may edit it.</param>
/// <param name="MailIfDenied">Goes out when denied, if the approver wants it to.</param>
public sealed record Proposal(
    string ApprovalId,
    string CaseId,
    int Round,
    ProposalKind Kind,
    IReadOnlyList<ChargeOption> Charges,
    DecisionBasis Basis,
    ApprovalRequirement Requirement,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<string> Notices,
    MailDraft Mail,
    MailDraft? MailIfDenied)
{
    /// <summary>Goes out before <see cref="Mail"/> where Stripe does not settle the refund at once; shown with it, agreed to with it, and not edited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MailDraft? MailIfPending { get; init; }
}

public enum ProposalKind
{
    /// <summary>Money goes back and the customer is told.</summary>
    Refund,

    /// <summary>No money moves; the customer is told no.</summary>
    DeclineReply,

    /// <summary>No money moves; the customer is asked which payment is meant.</summary>
    AskForCharge,
}

/// <summary>One charge in money: paid, refunded before, this refund, left after it.</summary>
public sealed record ChargeOption(
    ChargeId Charge,
    Money Paid,
    Money RefundedBefore,
    Money Refund,
    Money Left,
    string Method,
    DateTimeOffset ChargedAt,
    RiskLevel Risk);

/// <summary>A fact with where it was read.</summary>
public sealed record Fact(string Label, string Value, string Source);

/// <summary>What was, and what is now.</summary>
public sealed record Difference(string Label, string Before, string Now);
