using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Operations.Cases;

/// <summary>Every case as a projection of its orchestration, newest first. Reads only.</summary>
internal sealed class CaseBoard(IOrchestrationClient orchestrations, ICaseFiles files)
{
    /// <summary>How many of the newest cases lists and counts look at; the page says so when there are more.</summary>
    public const int Window = 5_000;

    public async Task<CaseView?> FindAsync(string caseId, CancellationToken cancellationToken) =>
        await OneAsync(caseId, cancellationToken) is not { } found ? null
        : CaseIds.ClosedCaseOf(caseId) is { } closed ? found with { Companion = closed }
        : found is { End: CaseEnd.Refunded, Refund: { } refund } && await OneAsync(CaseIds.OfFailedRefund(caseId, refund), cancellationToken) is { } failed
            ? CaseProjection.FailedSince(found, failed)
        : found;

    public async Task<IReadOnlyList<CaseView>> ListAsync(CancellationToken cancellationToken)
    {
        List<CaseView> cases = [];
        await foreach (OrchestrationMetadata instance in orchestrations.GetAllInstancesAsync(new(PageSize: 500) { FetchInputsAndOutputs = true }).WithCancellation(cancellationToken))
        {
            if (!IsCase(instance))
            {
                continue;
            }

            // How a case ended is in its output.
            cases.Add(CaseProjection.Of(instance));
            if (cases.Count == Window)
            {
                break;
            }
        }

        return Companions(cases);
    }

    /// <summary>Cases that know an id of Stripe's, or have that id themselves: looked up, however old they are.</summary>
    public async Task<IReadOnlyList<CaseView>> WithIdAsync(string id, CancellationToken cancellationToken)
    {
        List<CaseView> cases = [];
        if (await FindAsync(id, cancellationToken) is { } own)
        {
            cases.Add(own);
        }

        await foreach (OrchestrationMetadata instance in orchestrations.GetAllInstancesAsync(new() { BusinessId = id, FetchInputsAndOutputs = true }).WithCancellation(cancellationToken))
        {
            if (IsCase(instance) && instance.InstanceId != id && cases.Count < Window)
            {
                cases.Add(CaseProjection.Of(instance));
            }
        }

        return Companions(cases);
    }

    /// <summary>Cases that a pasted text means: an id of a case, approval, customer, charge, refund or message, a customer's address, or a part of an id.</summary>
    public async Task<IReadOnlyList<CaseView>> SearchAsync(IReadOnlyList<CaseView> cases, string text, CancellationToken cancellationToken)
    {
        string wanted = text.Trim();
        HashSet<string> ids = new(StringComparer.Ordinal) { wanted, CaseIds.ForMessage(wanted) };
        if (wanted.LastIndexOf("-r", StringComparison.Ordinal) is > 0 and var end)
        {
            ids.Add(wanted[..end]);
        }

        if (wanted.Contains('@', StringComparison.Ordinal))
        {
            ids.UnionWith(await files.ListBySenderAsync(wanted, "", cancellationToken));
        }

        IReadOnlyList<CaseView> known = await WithIdAsync(wanted, cancellationToken);
        HashSet<string> found = [.. known.Select(one => one.CaseId)];
        return
        [
            .. known,
            .. cases.Where(one => !found.Contains(one.CaseId)).Where(one => ids.Contains(one.CaseId)
                || one.Charge == wanted
                || one.Refund == wanted
                || (wanted.Length >= 4 && (one.CaseId.Contains(wanted, StringComparison.OrdinalIgnoreCase)
                    || one.Charge?.Contains(wanted, StringComparison.Ordinal) == true
                    || one.Refund?.Contains(wanted, StringComparison.Ordinal) == true))),
        ];
    }

    private async Task<CaseView?> OneAsync(string caseId, CancellationToken cancellationToken) =>
        CaseIds.IsCaseId(caseId) && await orchestrations.GetInstanceAsync(caseId, getInputsAndOutputs: true, cancellationToken) is { } instance && IsCase(instance)
            ? CaseProjection.Of(instance)
            : null;

    /// <summary>Ties each case whose refund failed later to the one that followed, both ways.</summary>
    private static IReadOnlyList<CaseView> Companions(List<CaseView> cases)
    {
        Dictionary<string, CaseView> failed = [];
        foreach (CaseView one in cases)
        {
            if (CaseIds.ClosedCaseOf(one.CaseId) is { } closed)
            {
                failed[closed] = one;
            }
        }

        return failed.Count == 0
            ? cases
            : [.. cases.Select(one => CaseIds.ClosedCaseOf(one.CaseId) is { } closed ? one with { Companion = closed }
                : one.End == CaseEnd.Refunded && failed.TryGetValue(one.CaseId, out CaseView? since) ? CaseProjection.FailedSince(one, since)
                : one)];
    }

    private static bool IsCase(OrchestrationMetadata instance) =>
        instance.Name == RefundAgent.Definition.Name || instance.Name == FailedRefund.Definition.Name;
}
