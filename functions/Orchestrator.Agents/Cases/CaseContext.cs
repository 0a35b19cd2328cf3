using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Cases;

/// <summary>
/// The context of a case's orchestrator. It remembers every charge, refund and customer that the case came to know and publishes them with each status,
/// so that whoever has one of these ids finds the case; while a step is tried again, the status says which, how often, why and when. Its memory is rebuilt by replay; custom
/// status is no part of history.
/// </summary>
internal sealed class CaseContext(IOrchestrationContext context) : IOrchestrationContext
{
    /// <summary>A failure's sentence is for reading; custom status has bounds.</summary>
    private const int LongestError = 300;

    private readonly List<string> _ids = [];
    private CaseStatus? _status;

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
            _status = known;
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

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input, RetryPolicy? retry = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if ((retry ?? activity.Retry) is not { } policy)
        {
            return await context.CallActivityAsync(activity, input, retry);
        }

        int failed = 0;
        try
        {
            return await context.CallActivityAsync(activity, input, policy with { HandleFailure = IsTriedAgain });
        }
        finally
        {
            if (failed > 0 && _status is { } status)
            {
                SetCustomStatus(status with { Retry = null });
            }
        }

        bool IsTriedAgain(TaskFailureDetails failure)
        {
            if (policy.HandleFailure?.Invoke(failure) == false)
            {
                return false;
            }

            failed++;
            if (_status is { } status)
            {
                SetCustomStatus(status with { Retry = new(activity.Name, failed, InWords(failure), context.CurrentUtcDateTime + policy.DelayBefore(failed + 1, failure)) });
            }

            return true;
        }
    }

    public Task<TOutput> CallSubOrchestratorAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string? instanceId = null, RetryPolicy? retry = null) =>
        context.CallSubOrchestratorAsync(orchestrator, input, instanceId, retry);

    public Task CreateTimer(DateTimeOffset fireAt, CancellationToken cancellationToken = default) => context.CreateTimer(fireAt, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => context.WaitForExternalEvent<T>(eventName, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) => context.WaitForExternalEvent<T>(eventName, timeout);

    public void ContinueAsNew<TInput>(TInput input, bool preserveUnprocessedEvents = true) => context.ContinueAsNew(input, preserveUnprocessedEvents);

    public ILogger CreateReplaySafeLogger(string category) => context.CreateReplaySafeLogger(category);

    private static string InWords(TaskFailureDetails failure)
    {
        string kind = failure.ErrorType[(failure.ErrorType.LastIndexOf('.') + 1)..].Replace("Exception", "", StringComparison.Ordinal);
        string error = $"{kind}: {failure.ErrorMessage}";
        return error.Length <= LongestError ? error : error[..LongestError] + "…";
    }
}
