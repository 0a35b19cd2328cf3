using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Cases;

/// <summary>Closes the case file: the next mail in its thread opens a new case.</summary>
internal sealed class CloseCaseActivity(ICaseFiles files, TimeProvider clock) : IActivity<CaseStart, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, CaseStart input, CancellationToken cancellationToken)
    {
        await files.CloseAsync(input.CaseId, clock.GetUtcNow(), cancellationToken);
        return true;
    }
}
