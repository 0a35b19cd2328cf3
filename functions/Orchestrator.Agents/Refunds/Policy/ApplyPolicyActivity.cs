using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Refunds.Policy;

/// <summary>Asks the policy as it stands now, and puts its answer on the record. An activity, because the file may change between two replays.</summary>
internal sealed class ApplyPolicyActivity(IRefundPolicySource source, IAuditLog audit, TimeProvider clock) : IActivity<PolicyQuestion, Assessment>
{
    public async Task<Assessment> RunAsync(ActivityContext context, PolicyQuestion input, CancellationToken cancellationToken)
    {
        Assessment assessment = RefundAssessor.Assess(source.Current(), input);
        DecisionBasis basis = assessment.Decision.Basis;
        ActArguments arguments = ActArguments.None
            .With("policy", basis.PolicyVersion)
            .With("policy_sha256", basis.PolicyHash)
            .With("rule", basis.Rule)
            .With("met", string.Join("; ", basis.Met.Select(met => $"{met.Condition} {met.Threshold}: {met.Value}")));
        await audit.AppendAsync(
            new(clock.GetUtcNow(), input.CaseId, "agent/" + context.Name, "policy.decide", arguments.ToJson(), [.. input.Candidates.Select(facts => facts.Charge.Id.Value)], null, null, null, null, null, assessment.Decision.GetType().Name),
            cancellationToken);
        return assessment;
    }
}
