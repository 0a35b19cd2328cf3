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

    /// <summary>When set, looking an instance up fails with it.</summary>
    public Exception? Break { get; set; }

    /// <summary>When set, the backend is lost at the next event: raising it fails, and so does everything from then on.</summary>
    public Exception? BreakAtEvent { get; set; }

    /// <summary>Ids that instances were looked up by: a backend may log them.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> AskedFor { get; } = new();

    /// <summary>What went to history as the reason of an act by hand.</summary>
    public List<string> Reasons { get; } = [];

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
        if (BreakAtEvent is { } lost)
        {
            Break = lost;
            throw lost;
        }

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
        AskedFor.Enqueue(instanceId);
        if (Break is { } failure)
        {
            throw failure;
        }

        lock (_gate)
        {
            return Task.FromResult(_instances.GetValueOrDefault(instanceId) is { } instance ? getInputsAndOutputs ? instance : instance with { SerializedOutput = null } : null);
        }
    }

    public AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return new(query.PageSize, (token, pageSize, _) =>
        {
            lock (_gate)
            {
                OrchestrationMetadata[] rest =
                [
                    .. _instances.Values.Where(one => CustomStatusSearch.Matches(one, query)).OrderByDescending(one => one.CreatedAt).SkipWhile(one => token is not null && one.InstanceId != token).Skip(token is null ? 0 : 1),
                ];
                IReadOnlyList<OrchestrationMetadata> page = [.. rest.Take(pageSize).Select(one => query.FetchInputsAndOutputs ? one : one with { SerializedInput = null, SerializedOutput = null })];
                return Task.FromResult(new Page<OrchestrationMetadata>(page, rest.Length > pageSize ? page[^1].InstanceId : null));
            }
        });
    }

    public Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<HistoryEntry>>(_history.GetValueOrDefault(instanceId) ?? []);
        }
    }

    public Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Terminated, reason);

    public Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Suspended, reason);

    public Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Running, reason);

    public Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default) => Become(instanceId, OrchestrationRuntimeStatus.Running, reason);

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) => Task.FromResult(Find(instanceId));

    public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) => Task.FromResult(Find(instanceId));

    public Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(new PurgeResult(_instances.GetValueOrDefault(instanceId) is { HasEnded: true } && _instances.Remove(instanceId) ? 1 : 0));
        }
    }

    public async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default)
    {
        int purged = 0;
        await foreach (OrchestrationMetadata one in GetAllInstancesAsync(new(Statuses: filter.Statuses, CreatedFrom: filter.CreatedFrom, CreatedTo: filter.CreatedTo)))
        {
            purged += (await PurgeInstanceAsync(one.InstanceId, cancellationToken)).PurgedInstanceCount;
        }

        return new(purged);
    }

    private Task Become(string instanceId, OrchestrationRuntimeStatus status, string? reason)
    {
        lock (_gate)
        {
            Reasons.Add(reason ?? "");
            _instances[instanceId] = Find(instanceId) with { RuntimeStatus = status, LastUpdatedAt = clock.GetUtcNow() };
        }

        return Task.CompletedTask;
    }

    private OrchestrationMetadata Find(string instanceId) => _instances.GetValueOrDefault(instanceId) ?? throw new InstanceNotFoundException(instanceId);
}
