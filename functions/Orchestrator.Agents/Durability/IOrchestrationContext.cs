using Microsoft.Extensions.Logging;

namespace Orchestrator.Agents.Durability;

/// <summary>
/// What an orchestrator may do. Names and meaning are those of Durable Functions'
/// <c>TaskOrchestrationContext</c> (microsoft/durabletask-dotnet), so that both engines agree:
/// one waiter per event name at a time, event names without case, an event raised before its wait is kept,
/// a timed-out wait is a <see cref="TaskCanceledException"/> and a later wait of that name still gets its event.
/// </summary>
public interface IOrchestrationContext
{
    string Name { get; }

    string InstanceId { get; }

    /// <summary>The time of the event that is being processed; the same on every replay.</summary>
    DateTimeOffset CurrentUtcDateTime { get; }

    bool IsReplaying { get; }

    /// <summary>The same value on every replay.</summary>
    Guid NewGuid();

    /// <summary>
    /// Whether this run may take the way that a change of the code brought (the "patched" of Temporal's SDKs). A run that began under code that knows the patch is told true,
    /// one that passed here under older code false, and each is told the same for the rest of its life. One that began before and gets here only now is told true by the
    /// embedded engine, which records the answer in history, and false on Durable Functions, where a run knows the patches of its beginning.
    /// </summary>
    /// <param name="patch">One of <see cref="Patches"/>: stable for as long as any run may hold it.</param>
    bool IsPatched(string patch);

    /// <param name="retry">Instead of the activity's own.</param>
    /// <exception cref="TaskFailedException">The activity failed, and <paramref name="retry"/> or the activity's own policy is exhausted.</exception>
    Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input, RetryPolicy? retry = null);

    /// <param name="instanceId">Defaults to an id derived from the parent's and the position in its history.</param>
    /// <exception cref="TaskFailedException">The sub-orchestration failed or was terminated.</exception>
    Task<TOutput> CallSubOrchestratorAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string? instanceId = null, RetryPolicy? retry = null);

    /// <summary>A durable timer; any length, due at or after <paramref name="fireAt"/>.</summary>
    /// <param name="cancellationToken">Cancels the timer; awaiting it then throws <see cref="TaskCanceledException"/>.</param>
    Task CreateTimer(DateTimeOffset fireAt, CancellationToken cancellationToken = default);

    /// <param name="cancellationToken">Gives up the wait, so that a later one of that name receives the event.</param>
    Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <exception cref="TaskCanceledException">No such event came within <paramref name="timeout"/>.</exception>
    Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout);

    /// <summary>Replaces what a status query shows as custom status.</summary>
    void SetCustomStatus<T>(T status);

    /// <summary>Ends this run and starts the same instance anew with a fresh history once the orchestrator returns.</summary>
    void ContinueAsNew<TInput>(TInput input, bool preserveUnprocessedEvents = true);

    /// <summary>A logger that is silent while history is replayed.</summary>
    ILogger CreateReplaySafeLogger(string category);
}
