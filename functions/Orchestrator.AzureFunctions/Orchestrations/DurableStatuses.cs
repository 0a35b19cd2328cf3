using OrchestrationMetadata = Orchestrator.Agents.Durability.OrchestrationMetadata;
using Status = Orchestrator.Agents.Durability.OrchestrationRuntimeStatus;
using Theirs = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>Instances and their status, from Durable Functions' words to the port's.</summary>
internal static class DurableStatuses
{
    public static OrchestrationMetadata Of(Microsoft.DurableTask.Client.OrchestrationMetadata found, bool withInputsAndOutputs) => new(
        found.Name,
        found.InstanceId,
        Of(found.RuntimeStatus),
        found.CreatedAt,
        found.LastUpdatedAt,
        withInputsAndOutputs ? found.SerializedInput : null,
        withInputsAndOutputs ? found.SerializedOutput : null,
        found.SerializedCustomStatus,
        found.FailureDetails is { } failure ? DurableFailures.Of(failure) : null);

    public static Theirs Of(Status status) => Enum.Parse<Theirs>(status.ToString());

    /// <summary>Those of the wanted states that are an end; every end when nothing is wanted.</summary>
    public static IEnumerable<Theirs> Ended(IReadOnlyList<Status>? wanted)
    {
        Status[] ended = [Status.Completed, Status.Failed, Status.Terminated];
        return (wanted is { Count: > 0 } some ? ended.Intersect(some) : ended).Select(Of);
    }

    /// <summary><c>ContinuedAsNew</c> is a moment in the life of a running instance.</summary>
    private static Status Of(Theirs status) => Enum.TryParse(status.ToString(), out Status known) ? known : Status.Running;
}
