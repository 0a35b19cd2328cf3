using System.Runtime.CompilerServices;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Client;

internal sealed class OrchestrationClient(Func<EngineParts> started) : IOrchestrationClient
{
    public async Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default)
    {
        EngineParts.CheckName(nameof(instanceId), instanceId);
        EngineParts parts = started();
        string json = parts.Registry.Write(input);
        parts.CheckSize($"The input of instance '{instanceId}'", json);
        return await parts.Writer.Ask(new StartInstance(parts, instanceId, orchestrator.Name, json), cancellationToken);
    }

    public async Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default)
    {
        EngineParts.CheckName(nameof(eventName), eventName);
        EngineParts.CheckName(nameof(eventId), eventId ?? eventName);
        EngineParts parts = started();
        string json = parts.Registry.Write(payload);
        parts.CheckSize($"Event '{eventName}' for instance '{instanceId}'", json);
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

    public async IAsyncEnumerable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, 1_000);
        long before = long.MaxValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<(long Key, OrchestrationMetadata Metadata)> page = started().Reader.Page(query, before);
            foreach ((long key, OrchestrationMetadata metadata) in page)
            {
                before = key;
                yield return metadata;
            }

            if (page.Count < query.PageSize)
            {
                yield break;
            }

            await Task.Yield();
        }
    }

    public Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoredInstance stored = started().Reader.Load(instanceId) ?? throw new InstanceNotFoundException(instanceId);
        IReadOnlyList<HistoryEntry> entries = [.. RewoundHistory.Effective(stored.Rows)
            .Select((row, index) => new HistoryEntry(index + 1, row.Kind.ToString(), row.Time, row.TaskId, row.Name, row.Payload))];
        return Task.FromResult(entries);
    }

    public async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        EngineParts parts = started();
        while (true)
        {
            if (Look() is { HasEnded: true } ended)
            {
                return ended;
            }

            // Looked at again once the end would be told, so that one in between is not missed.
            Task end = parts.Completions.NextEnd(instanceId);
            if (Look().HasEnded)
            {
                parts.Completions.Notify(instanceId);
            }

            await end.WaitAsync(cancellationToken);
        }

        OrchestrationMetadata Look() => parts.Reader.Metadatum(instanceId, getInputsAndOutputs) ?? throw new InstanceNotFoundException(instanceId);
    }

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

    public Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        started().Writer.Ask(new PurgeInstance(instanceId), cancellationToken);

    private Task<bool> ControlAsync(string instanceId, HistoryKind kind, string? reason, CancellationToken cancellationToken)
    {
        EngineParts parts = started();
        return parts.Writer.Ask(new ControlInstance(parts, instanceId, kind, reason), cancellationToken);
    }
}
