using Microsoft.DurableTask;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>Retries decided by the product's own rule and waited for by durable timers, so that both engines try as often and as late.</summary>
internal static class DurableRetries
{
    /// <summary>Null: the first failure is the last.</summary>
    public static TaskRetryOptions? Of(Agents.Durability.RetryPolicy? policy) => policy is null ? null : TaskRetryOptions.FromRetryHandler(async failed =>
    {
        Agents.Durability.TaskFailureDetails failure = DurableFailures.Of(failed.LastFailure);
        if (!policy.ShouldRetry(failed.LastAttemptNumber, failed.TotalRetryTime, failure))
        {
            return false;
        }

        DateTime next = failed.OrchestrationContext.CurrentUtcDateTime + policy.DelayBefore(failed.LastAttemptNumber + 1, failure);
        await failed.OrchestrationContext.CreateTimer(next, CancellationToken.None);
        return true;
    });
}
