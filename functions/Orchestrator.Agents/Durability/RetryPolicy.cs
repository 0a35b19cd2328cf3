namespace Orchestrator.Agents.Durability;

/// <summary>When and how often a failed activity or sub-orchestration is tried again. Names of Durable Functions' <c>RetryPolicy</c>.</summary>
/// <param name="MaxNumberOfAttempts">The first attempt included; 1 or more.</param>
/// <param name="FirstRetryInterval">Wait before the second attempt.</param>
/// <param name="BackoffCoefficient">Factor on each further wait; 1 or more.</param>
/// <param name="MaxRetryInterval">Upper limit of one wait.</param>
/// <param name="RetryTimeout">No new attempt later than this after the first began.</param>
public sealed record RetryPolicy(
    int MaxNumberOfAttempts,
    TimeSpan FirstRetryInterval,
    double BackoffCoefficient = 1.0,
    TimeSpan? MaxRetryInterval = null,
    TimeSpan? RetryTimeout = null)
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>Which failures are worth another attempt; all, when null. Must be pure: it runs on replay too.</summary>
    public Func<TaskFailureDetails, bool>? HandleFailure { get; init; }

    /// <summary>The wait before attempt <paramref name="attempt"/> (2 is the first retry).</summary>
    public TimeSpan DelayBefore(int attempt)
    {
        double ticks = FirstRetryInterval.Ticks * Math.Pow(BackoffCoefficient, Math.Max(0, attempt - 2));
        long limit = (MaxRetryInterval ?? TimeSpan.FromDays(1)).Ticks;
        return TimeSpan.FromTicks((long)Math.Min(ticks, limit));
    }

    /// <summary>The wait before attempt <paramref name="attempt"/> after this failure: longer than <see cref="DelayBefore(int)"/> where it asks for that, up to a day.</summary>
    public TimeSpan DelayBefore(int attempt, TaskFailureDetails failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        TimeSpan asked = failure.RetryAfter is { } after && after < LongestAsked ? after : failure.RetryAfter is null ? TimeSpan.Zero : LongestAsked;
        return asked > DelayBefore(attempt) ? asked : DelayBefore(attempt);
    }

    /// <summary>Whether <paramref name="failure"/> of attempt number <paramref name="attempt"/>, <paramref name="elapsed"/> after the first began, is tried again.</summary>
    public bool ShouldRetry(int attempt, TimeSpan elapsed, TaskFailureDetails failure) =>
        attempt < MaxNumberOfAttempts
        && (RetryTimeout is null || elapsed + DelayBefore(attempt + 1, failure) <= RetryTimeout)
        && (HandleFailure is null || HandleFailure(failure));
}
