using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Cases;

/// <summary>
/// The context of a case's orchestrator. It remembers every charge, refund and customer that the case came to know and publishes them with each status,
/// so that whoever has one of these ids finds the case. Its memory is rebuilt by replay; custom status is no part of history.
/// </summary>
internal sealed class CaseContext(IOrchestrationContext context) : IOrchestrationContext
{
    private readonly List<string> _ids = [];

    public string Name => context.Name;

    public string InstanceId => context.InstanceId;

    public DateTimeOffset CurrentUtcDateTime => context.CurrentUtcDateTime;

    public bool IsReplaying => context.IsReplaying;

    /// <summary>Ids of Stripe's objects: nothing personal.</summary>
    public void Know(IEnumerable<string> ids)
    {
        foreach (string id in ids.Where(id => !_ids.Contains(id, StringComparer.Ordinal)))
        {
            _ids.Add(id);
        }
    }

    public void SetCustomStatus<T>(T status)
    {
        if (status is CaseStatus known)
        {
            Know(new[] { known.Charge?.Value, known.Refund?.Value }.OfType<string>());
            context.SetCustomStatus(_ids.Count == 0 ? known : known with { BusinessIds = [.. _ids] });
        }
        else
        {
            context.SetCustomStatus(status);
        }
    }

    public Guid NewGuid() => context.NewGuid();

    public bool IsPatched(string patch) => context.IsPatched(patch);

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input, RetryPolicy? retry = null) =>
        context.CallActivityAsync(activity, input, retry);

    public Task<TOutput> CallSubOrchestratorAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string? instanceId = null, RetryPolicy? retry = null) =>
        context.CallSubOrchestratorAsync(orchestrator, input, instanceId, retry);

    public Task CreateTimer(DateTimeOffset fireAt, CancellationToken cancellationToken = default) => context.CreateTimer(fireAt, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => context.WaitForExternalEvent<T>(eventName, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) => context.WaitForExternalEvent<T>(eventName, timeout);

    public void ContinueAsNew<TInput>(TInput input, bool preserveUnprocessedEvents = true) => context.ContinueAsNew(input, preserveUnprocessedEvents);

    public ILogger CreateReplaySafeLogger(string category) => context.CreateReplaySafeLogger(category);
}
