using System.Diagnostics;

namespace Orchestrator.Agents.Durability;

/// <summary>What history keeps of an exception: enough to decide and to mend, nothing personal (exceptions of this product carry ids only).</summary>
/// <param name="ErrorType">Full name of the exception's type.</param>
public sealed record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace = null, TaskFailureDetails? InnerFailure = null)
{
    /// <summary>How long whoever failed asks to be left alone; null when they did not say. Durable Functions does not carry it: there the policy's own waits count.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsCausedBy<TException>()
        where TException : Exception => ErrorType == typeof(TException).FullName;

    public static TaskFailureDetails From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(
            exception.GetType().FullName!,
            exception.Message,
            StackOf(exception),
            exception.InnerException is { } inner ? From(inner) : null)
        {
            RetryAfter = (exception as IRetryAfter)?.RetryAfter,
        };
    }

    /// <summary>Without files and lines: looking them up takes milliseconds that everyone in the process feels, and paths of a machine are nothing for history.</summary>
    private static string? StackOf(Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: false) is { FrameCount: > 0 } stack ? stack.ToString().TrimEnd() : null;
}

/// <summary>A failure that says when to come again.</summary>
public interface IRetryAfter
{
    TimeSpan? RetryAfter { get; }
}

/// <summary>An activity or sub-orchestration failed for good.</summary>
public sealed class TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
    : Exception($"Task '{taskName}' (#{taskId}) failed: {failureDetails?.ErrorMessage}")
{
    public string TaskName { get; } = taskName;

    public int TaskId { get; } = taskId;

    public TaskFailureDetails FailureDetails { get; } = failureDetails!;
}

/// <summary>History and code disagree about the next step. The instance is parked as failed and no step runs.</summary>
public sealed class NonDeterministicOrchestrationException(string instanceId, string expected, string actual)
    : Exception($"Orchestration '{instanceId}' changed under its history: history has {expected}, the code now asks for {actual}. Deploy the version that wrote this history, or branch on a version, then rewind.")
{
    public string InstanceId { get; } = instanceId;
}
