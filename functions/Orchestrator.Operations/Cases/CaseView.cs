using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Cases;

/// <summary>A case as lists, pages and API show it: one projection for all. Holds nothing personal; names come from the case file where a page shows them.</summary>
/// <param name="Why">One sentence: why it is not done, or how it ended.</param>
/// <param name="Until">When the present wait ends by itself.</param>
/// <param name="Error">The failure of the orchestration itself, when it failed.</param>
public sealed record CaseView(
    string CaseId,
    CaseStanding Standing,
    CasePhase? Phase,
    string Why,
    DateTimeOffset? Until,
    MoneyView? Amount,
    string? Charge,
    string? Refund,
    string? ApprovalId,
    CaseEnd? End,
    OrchestrationRuntimeStatus RuntimeStatus,
    DateTimeOffset OpenedAt,
    DateTimeOffset UpdatedAt,
    string? Error)
{
    /// <summary>Money moved and the customer could not be told by mail.</summary>
    public bool CustomerUntold { get; init; }

    /// <summary>The case of the same refund: the one that followed when it failed at the bank, or the one that had made it.</summary>
    public string? Companion { get; init; }

    /// <summary>The step that failed and is tried again by itself; null when none is.</summary>
    public CaseRetry? Retry { get; init; }

    public bool IsOpen => Standing is CaseStanding.Working or CaseStanding.AwaitingApproval or CaseStanding.AwaitingCustomer or CaseStanding.Settling or CaseStanding.Suspended;

    /// <summary>Whether a person has to take it up outside of an approval.</summary>
    public bool NeedsPerson => Standing is CaseStanding.NeedsPerson or CaseStanding.Failed || CustomerUntold;
}

/// <summary>Where a case stands, in the words of the console's filters.</summary>
public enum CaseStanding
{
    Working,
    AwaitingApproval,
    AwaitingCustomer,
    Settling,
    Suspended,

    /// <summary>Handed over to a person: nothing goes on by itself.</summary>
    NeedsPerson,
    Refunded,

    /// <summary>Ended without a refund: declined, denied, expired, no answer.</summary>
    NotRefunded,

    /// <summary>The orchestration failed; somebody has to mend it.</summary>
    Failed,
    Terminated,
}

/// <summary>An amount for programs and for people.</summary>
/// <param name="Text">As <see cref="Money.ToString"/>: <c>EUR 420.00</c>.</param>
public sealed record MoneyView(long MinorUnits, string Currency, string Text)
{
    public static MoneyView? Of(Money? money) => money is { } amount ? new(amount.MinorUnits, amount.Currency.Code, amount.ToString()) : null;
}
