using Grpc.Core;
using Orchestrator.Agents.Durability;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>What failed in Durable Functions, in the product's words.</summary>
internal static class DurableFailures
{
    public static TaskFailureDetails Of(Microsoft.DurableTask.TaskFailureDetails details) =>
        new(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? Of(inner) : null);

    public static TaskFailedException Of(Microsoft.DurableTask.TaskFailedException failed) => new(failed.TaskName, failed.TaskId, Of(failed.FailureDetails));

    /// <summary>The refusals that the port names; null for any other trouble of the host.</summary>
    public static DurabilityException? Of(RpcException refused, string instanceId) => refused.StatusCode switch
    {
        StatusCode.NotFound => new InstanceNotFoundException(instanceId),
        StatusCode.FailedPrecondition => new InstanceCompletedException(instanceId),
        StatusCode.AlreadyExists => new OrchestrationAlreadyExistsException(instanceId),
        _ => null,
    };
}
