using System.Text.Json.Serialization;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>The input of a case's orchestration: its id, under which the case file holds the mail.</summary>
public sealed record CaseStart(string CaseId);

/// <summary>Asks for charges to be read anew, each with its refunds and disputes.</summary>
public sealed record ReadChargesInput(string CaseId, IReadOnlyList<ChargeId> Charges);

/// <summary>One refund that somebody agreed to.</summary>
/// <param name="Intent">Names this refund within its case, for the idempotency key and Stripe's metadata.</param>
/// <param name="ApprovalId">The concluded round that allows it; null only with <paramref name="AutomaticRule"/>.</param>
/// <param name="AutomaticRule">The rule that allows it without a person.</param>
public sealed record RefundIntent(string CaseId, string Intent, string? ApprovalId, string? AutomaticRule, ChargeId Charge, Money Amount, RefundReason Reason);

/// <summary>Asks what became of a refund.</summary>
/// <param name="Refund">Null when Stripe has not named one yet: it is then looked for on the charge by case.</param>
public sealed record ReadRefundInput(string CaseId, ChargeId Charge, RefundId? Refund);

/// <summary>A mail that somebody agreed to.</summary>
/// <param name="Intent">Names this mail within its case: the same intent sent twice is one mail.</param>
/// <param name="ApprovalId">The concluded round whose mail goes out; null only with <paramref name="AutomaticRule"/>.</param>
/// <param name="Amount">What the mail promises, when money moved.</param>
public sealed record MailOrder(string CaseId, string Intent, string? ApprovalId, string? AutomaticRule, Money? Amount)
{
    /// <summary>The mail for a refund that Stripe has not settled: it promises no day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnItsWay { get; init; }
}

/// <summary>Opens an approval round.</summary>
/// <param name="CarriedFrom">The round whose votes still count, because the change that an approver made there led here.</param>
public sealed record OpenApprovalInput(Proposal Proposal, string? CarriedFrom);

/// <param name="Concluded">The carried votes were enough: nobody has to be asked again.</param>
public sealed record OpenedApproval(DateTimeOffset RemindAt, DateTimeOffset EscalateAt, DateTimeOffset DecideBy, bool Concluded);

/// <summary>Reads how a round ended; ends it as <paramref name="OtherwiseAs"/> when it has not, or leaves it open when that is null.</summary>
public sealed record ConcludeApprovalInput(string ApprovalId, ConclusionKind? OtherwiseAs);

/// <summary>How a round ended, without who and without words: those stay in the store.</summary>
public sealed record ApprovalOutcome(ConclusionKind Kind, ChargeId? Charge, Money? Amount, bool MailGoesOut);
