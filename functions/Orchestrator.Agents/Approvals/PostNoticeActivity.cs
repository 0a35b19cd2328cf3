using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Approvals;

/// <summary>Posts a card in the approvers' channel.</summary>
internal sealed class PostNoticeActivity(IApprovalNotices notices, OutsideGate gate) : IActivity<ApprovalNotice, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ApprovalNotice input, CancellationToken cancellationToken)
    {
        GatePass pass = await gate.OpenAsync(ActivityNames.PostNotice, input.CaseId, cancellationToken);
        return await pass.PerformAsync(
            Tools.TeamsPost,
            ActArguments.None.With("kind", input.Kind.ToString()).With("path", input.Path),
            async (call, token) =>
            {
                await notices.PostAsync(call, input, token);
                return true;
            },
            cancellationToken);
    }
}
