using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Agents.Approvals;

/// <summary>Posts a card in the approvers' channel. Where the channel takes few a second, the many cases of one sender wait for each other and not the others for them.</summary>
internal sealed class PostNoticeActivity(IApprovalNotices notices, ICaseFiles files, OutsideGate gate) : IActivity<ApprovalNotice, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, ApprovalNotice input, CancellationToken cancellationToken)
    {
        GatePass pass = await gate.OpenAsync(ActivityNames.PostNotice, input.CaseId, cancellationToken);
        string lane = await files.FindAsync(input.CaseId, cancellationToken) is { } file ? Correspondent.Key(file.First.From.Address) : input.CaseId;
        return await pass.PerformAsync(
            Tools.TeamsPost,
            ActArguments.None.With("kind", input.Kind.ToString()).With("path", input.Path),
            async (call, token) =>
            {
                await notices.PostAsync(call, input with { Lane = lane }, token);
                return true;
            },
            cancellationToken);
    }
}
