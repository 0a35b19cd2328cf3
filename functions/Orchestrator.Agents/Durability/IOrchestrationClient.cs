namespace Orchestrator.Agents.Durability;

/// <summary>Starts, queries and manages instances. Names of Durable Functions' <c>DurableTaskClient</c>; both heads offer it alike.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an instance; once this returns, the start survives any crash.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is in use, running or completed: an instance is started once.</exception>
    Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Hands an event to an instance; once this returns, the event survives any crash.</summary>
    /// <param name="eventId">Two events with one id are one (embedded engine; Durable Functions delivers both, so receivers read the truth from a store).</param>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    /// <exception cref="InstanceCompletedException">The instance has ended.</exception>
    Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default);

    Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default);

    /// <summary>Newest first, fetched page by page while it is enumerated.</summary>
    IAsyncEnumerable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken = default);

    /// <summary>The steps of the current run in order.</summary>
    Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default);

    Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Takes the failed steps of a failed instance out of its history and runs on.</summary>
    Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default);

    /// <summary>Deletes an ended instance and its history. False when there was none, or it has not ended.</summary>
    Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default);
}

/// <summary>Which instances to list. Null fields match all.</summary>
/// <param name="PageSize">Rows fetched at a time, 1 to 1,000.</param>
public sealed record OrchestrationQuery(
    string? Name = null,
    IReadOnlyList<OrchestrationRuntimeStatus>? Statuses = null,
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    string? InstanceIdPrefix = null,
    int PageSize = 100);

public enum OrchestrationRuntimeStatus
{
    Pending,
    Running,
    Suspended,
    Completed,
    Failed,
    Terminated,
}

/// <summary>An instance as a query shows it. Payloads are JSON.</summary>
public sealed record OrchestrationMetadata(
    string Name,
    string InstanceId,
    OrchestrationRuntimeStatus RuntimeStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    string? SerializedInput,
    string? SerializedOutput,
    string? SerializedCustomStatus,
    TaskFailureDetails? FailureDetails)
{
    public bool HasEnded => RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>One recorded step. <paramref name="TaskId"/> joins a scheduled task with its completion; payload is JSON.</summary>
public sealed record HistoryEntry(long Sequence, string Kind, DateTimeOffset Time, int? TaskId, string? Name, string? Payload);

public sealed class OrchestrationAlreadyExistsException(string instanceId)
    : Exception($"An orchestration instance with id '{instanceId}' exists already.")
{
    public string InstanceId { get; } = instanceId;
}

public sealed class InstanceNotFoundException(string instanceId)
    : Exception($"There is no orchestration instance with id '{instanceId}'.")
{
    public string InstanceId { get; } = instanceId;
}

public sealed class InstanceCompletedException(string instanceId)
    : Exception($"Orchestration instance '{instanceId}' has ended and takes no more events.")
{
    public string InstanceId { get; } = instanceId;
}
