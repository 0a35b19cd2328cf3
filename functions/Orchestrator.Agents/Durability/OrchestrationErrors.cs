namespace Orchestrator.Agents.Durability;

/// <summary>What an orchestration client or its store refuses, in a sentence for people that says what to do next. Nothing acknowledged before is lost by it.</summary>
/// <param name="name">A stable word for programs, such as <c>payload-too-large</c>; it becomes the type of an HTTP problem.</param>
public abstract class DurabilityException(string name, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Name { get; } = name;
}

public sealed class OrchestrationAlreadyExistsException(string instanceId)
    : DurabilityException("instance-exists", $"An orchestration instance with id '{instanceId}' exists already. An id is started once: look at that instance, or choose another id.")
{
    public string InstanceId { get; } = instanceId;
}

public sealed class InstanceNotFoundException(string instanceId)
    : DurabilityException("not-found", $"There is no orchestration instance with id '{instanceId}'. Check the id; it may also have been purged.")
{
    public string InstanceId { get; } = instanceId;
}

public sealed class InstanceCompletedException(string instanceId)
    : DurabilityException("instance-ended", $"Orchestration instance '{instanceId}' has ended and takes nothing more. Look at how it ended; start another instance for what is new.")
{
    public string InstanceId { get; } = instanceId;
}

/// <summary>Only a failed instance can be rewound.</summary>
public sealed class InstanceNotFailedException(string instanceId)
    : DurabilityException("instance-not-failed", $"Orchestration instance '{instanceId}' has not failed; only a failed one can be rewound. Look at where it stands.")
{
    public string InstanceId { get; } = instanceId;
}

/// <summary>A continuation token that this backend did not make.</summary>
public sealed class ContinuationTokenException(string token)
    : DurabilityException("continuation-token-unknown", $"'{(token ?? "")[..Math.Min(60, token?.Length ?? 0)]}' is no continuation token of this task hub. List again from the first page.")
{
}

/// <summary>An input, result, event or status is larger than the engine takes.</summary>
/// <param name="size">In words, with its unit.</param>
/// <param name="limit">Bytes of UTF-8 JSON.</param>
public sealed class PayloadTooLargeException(string what, string size, long limit)
    : DurabilityException("payload-too-large", $"{what} takes {size} as JSON and the limit is {limit:N0}. Store it elsewhere and pass its id, or raise MaxPayloadBytes.");

/// <summary>
/// A start under a name that no orchestrator has. It is refused before anything is recorded: client and code are one process here, so a name that is unknown now is a mistake of the caller,
/// and an instance that can only fail helps nobody.
/// </summary>
public sealed class UnknownOrchestratorException(string name, IEnumerable<string> registered)
    : DurabilityException("unknown-orchestrator", $"No orchestrator named '{name}' is registered, so nothing was started. There are: {string.Join(", ", registered.Order(StringComparer.Ordinal))}.");
