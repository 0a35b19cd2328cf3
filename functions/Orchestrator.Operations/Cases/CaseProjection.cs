using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Operations.Cases;

/// <summary>From an orchestration's metadata to what people see of the case. Pure.</summary>
internal static class CaseProjection
{
    public static CaseView Of(OrchestrationMetadata instance)
    {
        CaseStatus? status = Read(instance.SerializedCustomStatus, AgentsJson.Default.CaseStatus);
        CaseOutcome? outcome = instance.HasEnded ? Read(instance.SerializedOutput, AgentsJson.Default.CaseOutcome) : null;
        return new(
            instance.InstanceId,
            Standing(instance.RuntimeStatus, status, outcome),
            instance.HasEnded ? CasePhase.Closed : status?.Phase,
            Why(instance, status, outcome),
            instance.HasEnded ? null : status?.Retry?.NextAt ?? status?.Until,
            MoneyView.Of(outcome?.Amount ?? status?.Amount),
            (outcome?.Charge ?? status?.Charge)?.Value,
            (outcome?.Refund ?? status?.Refund)?.Value,
            status?.ApprovalId,
            outcome?.End,
            instance.RuntimeStatus,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? instance.FailureDetails?.ErrorMessage : null)
        {
            CustomerUntold = outcome?.CustomerUntold == true,
            Retry = instance.HasEnded ? null : status?.Retry,
        };
    }

    /// <summary>A case whose refund failed at the bank after it was closed, as it stands since: nothing was refunded, and another case has it.</summary>
    public static CaseView FailedSince(CaseView made, CaseView failed) => made with
    {
        Standing = CaseStanding.NeedsPerson,
        End = CaseEnd.RefundFailed,
        Why = failed.Why,
        Companion = failed.CaseId,
    };

    private static CaseStanding Standing(OrchestrationRuntimeStatus runtime, CaseStatus? status, CaseOutcome? outcome) => runtime switch
    {
        OrchestrationRuntimeStatus.Failed => CaseStanding.Failed,
        OrchestrationRuntimeStatus.Terminated => CaseStanding.Terminated,
        OrchestrationRuntimeStatus.Suspended => CaseStanding.Suspended,
        OrchestrationRuntimeStatus.Completed => outcome?.End switch
        {
            CaseEnd.Refunded => CaseStanding.Refunded,
            CaseEnd.HandedOver or CaseEnd.RefundFailed or null => CaseStanding.NeedsPerson,
            _ => CaseStanding.NotRefunded,
        },
        _ => status?.Phase switch
        {
            CasePhase.AwaitingApproval => CaseStanding.AwaitingApproval,
            CasePhase.AwaitingCustomer => CaseStanding.AwaitingCustomer,
            CasePhase.Settling => CaseStanding.Settling,
            _ => CaseStanding.Working,
        },
    };

    private static string Why(OrchestrationMetadata instance, CaseStatus? status, CaseOutcome? outcome) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed => "Stopped by an error; it waits to be mended and rewound.",
        OrchestrationRuntimeStatus.Terminated => "Ended by an operator.",
        OrchestrationRuntimeStatus.Suspended => "Suspended by an operator.",
        OrchestrationRuntimeStatus.Completed => outcome?.Why ?? status?.WaitingFor ?? "Ended.",
        _ when status?.Retry is { } retry => $"{status.WaitingFor} {retry.Step} has failed {(retry.Failed == 1 ? "once" : $"{retry.Failed} times")} and is tried again. {retry.Error}",
        _ => status?.WaitingFor is { Length: > 0 } waiting ? waiting : "Waiting for its first step to run.",
    };

    /// <summary>A status that an older or newer version wrote otherwise is shown as none, not as an error.</summary>
    private static T? Read<T>(string? json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
