using System.Text.Json.Serialization;
using Orchestrator.Agents.Approvals;

namespace Orchestrator.Agents.Refunds;

/// <summary>What the policy says to a set of facts, with the reason.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Decline), "decline")]
[JsonDerivedType(typeof(NeedsApproval), "needsApproval")]
[JsonDerivedType(typeof(Automatic), "automatic")]
[JsonDerivedType(typeof(HandOver), "handOver")]
public abstract record RefundDecision(DecisionBasis Basis)
{
    /// <summary>No refund. The reply to the customer still needs a person's agreement.</summary>
    /// <param name="Explanation">The policy's sentence for the customer.</param>
    public sealed record Decline(DecisionBasis Basis, string Explanation, ApprovalRequirement ReplyApproval) : RefundDecision(Basis);

    public sealed record NeedsApproval(DecisionBasis Basis, ApprovalRequirement Requirement) : RefundDecision(Basis);

    /// <summary>Refund without a person. Only where the policy file switched this rule on by name.</summary>
    public sealed record Automatic(DecisionBasis Basis) : RefundDecision(Basis);

    /// <summary>A person takes the case over.</summary>
    public sealed record HandOver(DecisionBasis Basis, string Why) : RefundDecision(Basis);
}

/// <summary>Which rule of which policy decided, and the values that met its thresholds.</summary>
/// <param name="PolicyVersion">The file's own <c>version</c>.</param>
/// <param name="PolicyHash">SHA-256 of the file's bytes, hex.</param>
public sealed record DecisionBasis(string PolicyVersion, string PolicyHash, string Rule, IReadOnlyList<MetCondition> Met);

/// <summary>A condition that held: <c>amount over</c>, <c>EUR 100.00</c>, <c>EUR 420.00</c>.</summary>
public sealed record MetCondition(string Condition, string Threshold, string Value);
