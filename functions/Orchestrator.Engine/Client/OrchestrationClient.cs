using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Client;

internal sealed class OrchestrationClient(Func<EngineParts> started) : IOrchestrationClient
{
    private const int PurgeBatch = 64;

    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public async Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default)
    {
        EngineParts.CheckName(nameof(instanceId), instanceId);
        EngineParts parts = started();
        if (!parts.Registry.Orchestrators.ContainsKey(orchestrator.Name))
        {
            throw new UnknownOrchestratorException(orchestrator.Name, parts.Registry.Orchestrators.Keys);
        }

        string json = parts.Registry.Write(input);
        parts.Registry.CheckSize($"The input of instance '{instanceId}'", json);
        return await parts.Writer.Ask(new StartInstance(parts, instanceId, orchestrator.Name, json), cancellationToken);
    }

    public async Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default)
    {
        EngineParts.CheckName(nameof(eventName), eventName);
        EngineParts.CheckName(nameof(eventId), eventId ?? eventName);
        EngineParts parts = started();
        string json = parts.Registry.Write(payload);
        parts.Registry.CheckSize($"Event '{eventName}' for instance '{instanceId}'", json);
        cancellationToken.ThrowIfCancellationRequested();
        Arrival raised = Arrival.OfEvent(eventName, json, eventId);
        if (!parts.Instances.Raise(instanceId, raised))
        {
            parts.Writer.Submit(new RaiseEvent(parts, instanceId, raised));
        }

        await raised.Answer.WaitAsync(cancellationToken);
    }

    public Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(started().Reader.Metadatum(instanceId, getInputsAndOutputs));
    }

    public AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return new(query.PageSize, (token, pageSize, cancellationToken) =>
        {
            OrchestrationQuery.CheckPageSize(pageSize);
            HubReader reader = started().Reader;
            return Task.Run(() => reader.List(query, token, pageSize), cancellationToken);
        });
    }

    public Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoredInstance stored = started().Reader.Load(instanceId) ?? throw new InstanceNotFoundException(instanceId);
        IReadOnlyList<HistoryEntry> entries = [.. RewoundHistory.Effective(stored.Rows)
            .Select((row, index) => new HistoryEntry(index + 1, row.Kind.ToString(), row.Time, row.TaskId, row.Name, row.Payload))];
        return Task.FromResult(entries);
    }

    public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, parts => parts.Starts, forEnd: false, metadata => metadata.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellationToken);

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, parts => parts.Completions, forEnd: true, metadata => metadata.HasEnded, cancellationToken);

    public Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        ControlAsync(instanceId, HistoryKind.ExecutionTerminated, reason, cancellationToken);

    public Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        ControlAsync(instanceId, HistoryKind.ExecutionSuspended, reason, cancellationToken);

    public Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        ControlAsync(instanceId, HistoryKind.ExecutionResumed, reason, cancellationToken);

    public Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default)
    {
        EngineParts parts = started();
        StoredInstance stored = parts.Reader.Load(instanceId) ?? throw new InstanceNotFoundException(instanceId);
        IReadOnlyList<Rewind> rewinds = RewindPlan.For(parts.Reader, stored);
        return parts.Writer.Ask(new RewindInstance(parts, instanceId, reason, rewinds), cancellationToken);
    }

    public async Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        new(await started().Writer.Ask(new PurgeInstance(instanceId), cancellationToken));

    public async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default)
    {
        EngineParts parts = started();
        OrchestrationRuntimeStatus[] statuses = [.. filter.Statuses is { Count: > 0 } wanted ? Ended.Intersect(wanted) : Ended];
        OrchestrationQuery query = new(Statuses: statuses, CreatedFrom: filter.CreatedFrom, CreatedTo: filter.CreatedTo);
        int purged = 0;
        ListingPlace after = ListingPlace.Start;
        while (statuses.Length > 0 && parts.Reader.Places(query, after, PurgeBatch) is { Count: > 0 } batch)
        {
            purged += await parts.PurgeAsync([.. batch.Select(place => place.Key)], cancellationToken);
            after = batch[^1];
        }

        return new(purged);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool getInputsAndOutputs, Func<EngineParts, CompletionWaiters> told, bool forEnd, Func<OrchestrationMetadata, bool> holds, CancellationToken cancellationToken)
    {
        EngineParts parts = started();
        while (true)
        {
            if (!IsKnownToLive() && Look() is var now && holds(now))
            {
                return now;
            }

            // Looked at again once it would be told, so that what came in between is not missed.
            Task<EndedInstance?> change = told(parts).Next(instanceId);
            if (!IsKnownToLive() && holds(Look()))
            {
                told(parts).Notify(instanceId);
            }

            if (await change.WaitAsync(cancellationToken) is { } ended && forEnd)
            {
                return parts.Reader.Metadatum(ended, getInputsAndOutputs);
            }
        }

        bool IsKnownToLive() => forEnd && parts.Instances.IsLiving(instanceId);

        OrchestrationMetadata Look() => parts.Reader.Metadatum(instanceId, getInputsAndOutputs) ?? throw new InstanceNotFoundException(instanceId);
    }

    private Task<bool> ControlAsync(string instanceId, HistoryKind kind, string? reason, CancellationToken cancellationToken)
    {
        EngineParts parts = started();
        return parts.Writer.Ask(new ControlInstance(parts, instanceId, kind, reason), cancellationToken);
    }
}
