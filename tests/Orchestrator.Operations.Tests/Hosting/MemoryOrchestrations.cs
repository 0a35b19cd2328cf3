using System.Text.Json;
using Orchestrator.Agents;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Instances in memory with the port's refusals; the test says where each stands.</summary>
internal sealed class MemoryOrchestrations(TimeProvider clock) : IOrchestrationClient
{
    private readonly Dictionary<string, OrchestrationMetadata> _instances = [];
    private readonly Dictionary<string, List<HistoryEntry>> _history = [];
    private readonly HashSet<string> _eventIds = [];
    private readonly Lock _gate = new();

    /// <summary>Events as they were raised: instance, name, payload as JSON.</summary>
    public List<(string InstanceId, string Name, string Payload)> Events { get; } = [];

    public void Put(string caseId, CaseStatus? status, CaseOutcome? outcome = null, OrchestrationRuntimeStatus? runtime = null, TaskFailureDetails? failure = null, string name = "RefundAgent")
    {
        lock (_gate)
        {
            DateTimeOffset created = _instances.TryGetValue(caseId, out OrchestrationMetadata? known) ? known.CreatedAt : clock.GetUtcNow();
            _instances[caseId] = new(
                name,
                caseId,
                runtime ?? (outcome is null ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Completed),
                created,
                clock.GetUtcNow(),
                "{}",
                outcome is null ? null : JsonSerializer.Serialize(outcome, AgentsJson.Default.CaseOutcome),
                status is null ? null : JsonSerializer.Serialize(status, AgentsJson.Default.CaseStatus),
                failure);
        }
    }

    public void Record(string caseId, params HistoryEntry[] entries)
    {
        lock (_gate)
        {
            _history[caseId] = [.. entries];
        }
    }

    public Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_instances.ContainsKey(instanceId))
            {
                throw new OrchestrationAlreadyExistsException(instanceId);
            }

            DateTimeOffset now = clock.GetUtcNow();
            _instances[instanceId] = new(orchestrator.Name, instanceId, OrchestrationRuntimeStatus.Pending, now, now, "{}", null, null, null);
            return Task.FromResult(instanceId);
        }
    }

    public Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            OrchestrationMetadata instance = Find(instanceId);
            if (instance.HasEnded)
            {
                throw new InstanceCompletedException(instanceId);
            }

            if (eventId is null || _eventIds.Add(instanceId + "/" + eventId))
            {
                Events.Add((instanceId, eventName, JsonSerializer.Serialize(payload)));
            }

            return Task.CompletedTask;
        }
    }

    public Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_instances.GetValueOrDefault(instanceId) is { } instance ? getInputsAndOutputs ? instance : instance with { SerializedOutput = null } : null);
        }
    }

    public async IAsyncEnumerable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        OrchestrationMetadata[] all;
        lock (_gate)
        {
            all = [.. _instances.Values.Where(one => query.Name is null || one.Name == query.Name).OrderByDescending(one => one.CreatedAt)];
        }

        await Task.CompletedTask;
        foreach (OrchestrationMetadata one in all)
        {
            yield return one with { SerializedOutput = null };
        }
    }

    public Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<HistoryEntry>>(_history.GetValueOrDefault(instanceId) ?? []);
        }
    }

    public Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Terminated);

    public Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Suspended);

    public Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Running);

    public Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Running);

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) => Task.FromResult(Find(instanceId));

    public Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_instances.Remove(instanceId));
        }
    }

    private Task Become(string instanceId, OrchestrationRuntimeStatus status)
    {
        lock (_gate)
        {
            _instances[instanceId] = Find(instanceId) with { RuntimeStatus = status, LastUpdatedAt = clock.GetUtcNow() };
        }

        return Task.CompletedTask;
    }

    private OrchestrationMetadata Find(string instanceId) => _instances.GetValueOrDefault(instanceId) ?? throw new InstanceNotFoundException(instanceId);
}
