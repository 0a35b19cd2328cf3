using System.Text.Json.Serialization;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Cases;

/// <summary>Where a case stands, as its orchestration's custom status. Nothing personal.</summary>
/// <param name="WaitingFor">One sentence: why it is not done.</param>
/// <param name="Until">When that wait ends by itself.</param>
/// <param name="BusinessIds">Customers, charges and refunds of Stripe that the case came to know: what it is found by; see <see cref="Durability.CustomStatusSearch.BusinessIds"/>.</param>
public sealed record CaseStatus(
    CasePhase Phase,
    string WaitingFor,
    DateTimeOffset? Until = null,
    Money? Amount = null,
    ChargeId? Charge = null,
    RefundId? Refund = null,
    string? ApprovalId = null,
    IReadOnlyList<string>? BusinessIds = null)
{
    /// <summary>The step at hand failed and is waited for to be tried again; null while none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseRetry? Retry { get; init; }
}

/// <summary>A step that failed and is tried again by itself.</summary>
/// <param name="Step">The activity's name.</param>
/// <param name="Failed">How often it has failed in a row.</param>
/// <param name="Error">Kind and sentence of the last failure. Exceptions of this product carry ids only, so nothing personal.</param>
/// <param name="NextAt">When it is tried again.</param>
public sealed record CaseRetry(string Step, int Failed, string Error, DateTimeOffset NextAt);

public enum CasePhase
{
    Reading,
    LookingUp,
    Deciding,
    AwaitingApproval,
    AwaitingCustomer,
    Refunding,
    TellingCustomer,
    Settling,
    Closed,
}

/// <summary>How a case ended, as its orchestration's output. Nothing personal.</summary>
public sealed record CaseOutcome(CaseEnd End, string Why, ChargeId? Charge = null, Money? Amount = null, RefundId? Refund = null)
{
    /// <summary>Money moved and the mail about it could not be sent: a person has to tell the customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CustomerUntold { get; init; }
}

public enum CaseEnd
{
    /// <summary>Stripe says the refund succeeded and the customer was told.</summary>
    Refunded,

    /// <summary>The policy said no and a person agreed to tell the customer.</summary>
    Declined,

    /// <summary>A person said no.</summary>
    Denied,

    /// <summary>A person has it now.</summary>
    HandedOver,

    /// <summary>Nobody decided before the deadline.</summary>
    Expired,

    /// <summary>The customer was asked which payment is meant and did not answer.</summary>
    NoAnswer,

    /// <summary>The refund was made and failed at the bank; a person has it now.</summary>
    RefundFailed,
}
