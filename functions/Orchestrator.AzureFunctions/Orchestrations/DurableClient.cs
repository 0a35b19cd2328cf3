using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Orchestrator.Agents.Durability;
using PurgeResult = Orchestrator.Agents.Durability.PurgeResult;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>
/// Durable Functions' client behind the product's port. Where the extension is milder than the port (it starts an ended id anew, purges what still runs on some storage,
/// ignores acts on what has ended), the port's rule is kept here.
/// </summary>
internal sealed partial class DurableClient(DurableTaskClient client, TaskRegistry registry) : IOrchestrationClient
{
    public async Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default)
    {
        if (!registry.Orchestrators.ContainsKey(orchestrator.Name))
        {
            throw new UnknownOrchestratorException(orchestrator.Name, registry.Orchestrators.Keys);
        }

        JsonElement value = KnownPatches.Stamp(Write($"The input of instance '{instanceId}'", input), Patches.All);
        if (await client.GetInstanceAsync(instanceId, cancellationToken) is not null)
        {
            throw new OrchestrationAlreadyExistsException(instanceId);
        }

        // Two who ask at once both see nothing above; the storage lets one of them through.
        StartOrchestrationOptions options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
        try
        {
            return await ActAsync(instanceId, () => client.ScheduleNewOrchestrationInstanceAsync(orchestrator.Name, value, options, cancellationToken));
        }
        catch (DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException)
        {
            // The client has a name of its own for this one refusal.
            throw new OrchestrationAlreadyExistsException(instanceId);
        }
    }

    public async Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default)
    {
        JsonElement value = Write($"Event '{eventName}' for instance '{instanceId}'", payload);
        await LivingAsync(instanceId, cancellationToken);
        await ActAsync(instanceId, () => client.RaiseEventAsync(instanceId, eventName, value, cancellationToken));
    }

    public async Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default)
    {
        await LivingAsync(instanceId, cancellationToken);
        await ActAsync(instanceId, () => client.TerminateInstanceAsync(instanceId, reason, cancellationToken));
    }

    public async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default)
    {
        if ((await LivingAsync(instanceId, cancellationToken)).RuntimeStatus != Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Suspended)
        {
            await ActAsync(instanceId, () => client.SuspendInstanceAsync(instanceId, reason, cancellationToken));
        }
    }

    public async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default)
    {
        await LivingAsync(instanceId, cancellationToken);
        await ActAsync(instanceId, () => client.ResumeInstanceAsync(instanceId, reason, cancellationToken));
    }

    public async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default)
    {
        Microsoft.DurableTask.Client.OrchestrationMetadata found = await FoundAsync(instanceId, cancellationToken);
        if (found.RuntimeStatus != Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Failed)
        {
            throw new InstanceNotFailedException(instanceId);
        }

        try
        {
            await ActAsync(instanceId, () => client.RewindInstanceAsync(instanceId, reason, cancellationToken));
        }
        catch (InvalidOperationException)
        {
            // Somebody else rewound it since.
            throw new InstanceNotFailedException(instanceId);
        }
    }

    public async Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        if (await client.GetInstanceAsync(instanceId, cancellationToken) is not { IsCompleted: true })
        {
            return new(0);
        }

        return new((await client.PurgeInstanceAsync(instanceId, cancellationToken)).PurgedInstanceCount);
    }

    public async Task<PurgeResult> PurgeAllInstancesAsync(Agents.Durability.PurgeInstancesFilter filter, CancellationToken cancellationToken = default)
    {
        Microsoft.DurableTask.Client.OrchestrationRuntimeStatus[] statuses = [.. DurableStatuses.Ended(filter.Statuses)];
        return statuses.Length == 0
            ? new(0)
            : new((await client.PurgeAllInstancesAsync(new(filter.CreatedFrom, filter.CreatedTo, statuses), cancellationToken)).PurgedInstanceCount);
    }

    private async Task<Microsoft.DurableTask.Client.OrchestrationMetadata> FoundAsync(string instanceId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instanceId, cancellationToken) ?? throw new InstanceNotFoundException(instanceId);

    private async Task<Microsoft.DurableTask.Client.OrchestrationMetadata> LivingAsync(string instanceId, CancellationToken cancellationToken) =>
        await FoundAsync(instanceId, cancellationToken) is { IsCompleted: false } living ? living : throw new InstanceCompletedException(instanceId);

    private static Task ActAsync(string instanceId, Func<Task> act) => ActAsync(instanceId, async () =>
    {
        await act();
        return instanceId;
    });

    private static async Task<T> ActAsync<T>(string instanceId, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (RpcException refused) when (DurableFailures.Of(refused, instanceId) is { } named)
        {
            throw named;
        }
    }

    private JsonElement Write<T>(string what, T value)
    {
        string json = registry.Write(value);
        registry.CheckSize(what, json);
        return JsonElement.Parse(json);
    }
}
