namespace Orchestrator.Agents.Durability;

/// <summary>Starts, queries and manages instances. Names of Durable Functions' <c>DurableTaskClient</c>; both heads offer it alike.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an instance; once this returns, the start survives any crash.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is in use, running or ended: an instance is started once.</exception>
    /// <exception cref="DurabilityException">No orchestrator of that name is registered, the input is too large, or the store cannot take it.</exception>
    Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Hands an event to an instance; once this returns, the event survives any crash.</summary>
    /// <param name="eventId">Two events with one id are one (embedded engine; Durable Functions delivers both, so receivers read the truth from a store).</param>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    /// <exception cref="InstanceCompletedException">The instance has ended.</exception>
    Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default);

    Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default);

    /// <summary>Newest first, fetched page by page while it is enumerated, each page as the instances stand then.</summary>
    /// <param name="filter">Null: all, without inputs and outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range; thrown at the first page.</exception>
    AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <summary>The steps of the current run in order.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Returns once the instance's code has run for the first time, or the instance has ended.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default);

    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default);

    /// <summary>Ends a living instance; activities that run are not stopped, their results are dropped.</summary>
    /// <param name="reason">Stays in history: nothing personal.</param>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    /// <exception cref="InstanceCompletedException">The instance has ended.</exception>
    Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Keeps a living instance's code from running; events and results are kept for it. Suspending twice is suspending once.</summary>
    /// <inheritdoc cref="TerminateInstanceAsync" path="/exception"/>
    Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TerminateInstanceAsync" path="/exception"/>
    Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Takes the failed steps of a failed instance out of its history and runs on.</summary>
    /// <exception cref="InstanceNotFoundException">No such instance.</exception>
    /// <exception cref="InstanceNotFailedException">It has not failed.</exception>
    Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default);

    /// <summary>Deletes an ended instance and its history. Counts none when there was none, or it has not ended.</summary>
    Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Deletes the ended instances that fit the filter, a few at a time; cancelled in between, what is purged is purged.</summary>
    Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default);
}
