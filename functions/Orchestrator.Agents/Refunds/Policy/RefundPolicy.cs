using System.Diagnostics;
using Orchestrator.Agents.Approvals;

namespace Orchestrator.Agents.Refunds.Policy;

/// <summary>The refund policy as it was loaded: rules in order, the first whose conditions all hold decides; none, and a person takes over.</summary>
/// <param name="Version">The file's own <c>version</c>.</param>
/// <param name="Hash">SHA-256 of the file's bytes, hex.</param>
/// <param name="Groups">Approver groups and their members' sign-in ids, lower case.</param>
/// <param name="AutomaticRules">Rules whose automatic approval was switched on by name; empty by default.</param>
/// <param name="Replies">Who agrees to mails in which no money moves.</param>
public sealed record RefundPolicy(
    string Version,
    string Hash,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups,
    IReadOnlyList<PolicyRule> Rules,
    IReadOnlyList<string> AutomaticRules,
    ApprovalRequirement Replies)
{
    /// <summary>Decides, purely: the same facts and policy always give the same decision.</summary>
    public RefundDecision Decide(RefundFacts facts)
    {
        foreach (PolicyRule rule in Rules)
        {
            MetCondition?[] tested = [.. rule.When.Select(condition => condition.Test(facts))];
            if (tested.All(condition => condition is not null))
            {
                return Outcome(rule, new(Version, Hash, rule.Name, [.. tested.OfType<MetCondition>()]), facts.Caution);
            }
        }

        return new RefundDecision.HandOver(new(Version, Hash, "(none)", []), "No rule of the refund policy covers this case.");
    }

    private RefundDecision Outcome(PolicyRule rule, DecisionBasis basis, string? caution) => rule.Then switch
    {
        PolicyOutcome.Decline decline => new RefundDecision.Decline(basis, decline.Explanation, Replies),
        PolicyOutcome.Approval approval => new RefundDecision.NeedsApproval(basis, approval.Requirement),
        PolicyOutcome.Automatic when AutomaticRules.Contains(rule.Name) && caution is null => new RefundDecision.Automatic(basis),
        PolicyOutcome.Automatic automatic => new RefundDecision.NeedsApproval(WhyAPerson(basis, caution), automatic.Otherwise),
        PolicyOutcome.HandOver handOver => new RefundDecision.HandOver(basis, handOver.Why),
        _ => throw new UnreachableException(),
    };

    /// <summary>Why a person is asked under a rule that could do without: that comes first, before what the rule is about.</summary>
    private static DecisionBasis WhyAPerson(DecisionBasis basis, string? caution) => basis with
    {
        Met =
        [
            caution is null
                ? new("approval without a person", "is switched on for this rule by name", "it is off")
                : new("approval without a person", "nothing to warn of", caution),
            .. basis.Met,
        ],
    };
}

/// <summary>A rule: all conditions hold, then the outcome. No condition always holds.</summary>
public sealed record PolicyRule(string Name, IReadOnlyList<PolicyCondition> When, PolicyOutcome Then);

public abstract record PolicyOutcome
{
    private PolicyOutcome()
    {
    }

    /// <param name="Explanation">One sentence for the customer.</param>
    public sealed record Decline(string Explanation) : PolicyOutcome;

    public sealed record Approval(ApprovalRequirement Requirement) : PolicyOutcome;

    /// <param name="Otherwise">Who must agree while the rule is not switched on by name.</param>
    public sealed record Automatic(ApprovalRequirement Otherwise) : PolicyOutcome;

    public sealed record HandOver(string Why) : PolicyOutcome;
}

/// <summary>Where the current policy comes from: read when asked, so that a new file takes effect without a restart and every decision names its hash.</summary>
public interface IRefundPolicySource
{
    /// <exception cref="PolicyFileException">The file can't be read as a policy; says line and rule.</exception>
    RefundPolicy Current();
}

/// <summary>The policy file is wrong.</summary>
public sealed class PolicyFileException(string message, Exception? inner = null) : Exception(message, inner);
