using Orchestrator.Agents.Durability;
using OrchestrationMetadata = Orchestrator.Agents.Durability.OrchestrationMetadata;
using OrchestrationQuery = Orchestrator.Agents.Durability.OrchestrationQuery;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <content>Reading. What Durable Functions has no index for (name, custom status, business id) is filtered page by page, by the rule of <see cref="CustomStatusSearch"/>.</content>
internal sealed partial class DurableClient
{
    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        // Asked for with inputs even where they are not wanted: without them a custom status does not come.
        await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } found ? DurableStatuses.Of(found, getInputsAndOutputs) : null;

    public Agents.Durability.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return new(query.PageSize, async (token, pageSize, cancellationToken) =>
        {
            OrchestrationQuery.CheckPageSize(pageSize);
            Microsoft.DurableTask.Client.OrchestrationQuery theirs = new(
                query.CreatedFrom,
                query.CreatedTo,
                query.Statuses is { Count: > 0 } statuses ? statuses.Select(DurableStatuses.Of) : null,
                InstanceIdPrefix: query.InstanceIdPrefix,
                PageSize: pageSize,
                FetchInputsAndOutputs: true,
                ContinuationToken: token);
            await foreach (Microsoft.DurableTask.Page<Microsoft.DurableTask.Client.OrchestrationMetadata> page in client.GetAllInstancesAsync(theirs).AsPages(token, pageSize).WithCancellation(cancellationToken))
            {
                IEnumerable<OrchestrationMetadata> found = page.Values.Select(one => DurableStatuses.Of(one, query.FetchInputsAndOutputs));
                return new([.. found.Where(one => CustomStatusSearch.Matches(one, query))], page.ContinuationToken is { Length: > 0 } next ? next : null);
            }

            return new Agents.Durability.Page<OrchestrationMetadata>([], null);
        });
    }

    public async Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await FoundAsync(instanceId, cancellationToken);
        return DurableHistory.Of(await client.GetOrchestrationHistoryAsync(instanceId, cancellationToken));
    }

    public async Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        await FoundAsync(instanceId, cancellationToken);
        return DurableStatuses.Of(await client.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs: true, cancellationToken), getInputsAndOutputs);
    }

    public async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        await FoundAsync(instanceId, cancellationToken);
        return DurableStatuses.Of(await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, cancellationToken), getInputsAndOutputs);
    }
}
