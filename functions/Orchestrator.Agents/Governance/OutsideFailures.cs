using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Governance;

/// <summary>How an act outside failed. The message is for people and for history: ids and codes, nothing personal, no secret.</summary>
public abstract class OutsideFailureException(string message, string? code, string? requestId, Exception? inner) : Exception(message, inner)
{
    /// <summary>The other side's own error code, such as Stripe's <c>rate_limit</c>.</summary>
    public string? Code { get; } = code;

    /// <summary>The other side's id of the request, such as Stripe's <c>Request-Id</c>.</summary>
    public string? RequestId { get; } = requestId;
}

/// <summary>Nothing happened there; the same call may work later. The only failure that is retried as it stands.</summary>
public sealed class TransientFailureException(string message, string? code = null, string? requestId = null, Exception? inner = null)
    : OutsideFailureException(message, code, requestId, inner), IRetryAfter
{
    /// <summary>What the other side asked for in <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The call can't work as it is: wrong key, wrong permission, wrong address, broken contract. Someone has to mend it.</summary>
public sealed class PermanentFailureException(string message, string? code = null, string? requestId = null, Exception? inner = null)
    : OutsideFailureException(message, code, requestId, inner);

/// <summary>The other side understood and said no.</summary>
public sealed class RefusedException(string message, string? code = null, string? requestId = null, Exception? inner = null)
    : OutsideFailureException(message, code, requestId, inner);

/// <summary>The call left and no believable answer came: it may have happened. Read before anything is done again.</summary>
public sealed class OutcomeUnknownException(string message, string? code = null, string? requestId = null, Exception? inner = null)
    : OutsideFailureException(message, code, requestId, inner);
