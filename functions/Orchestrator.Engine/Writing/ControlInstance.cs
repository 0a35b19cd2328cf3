using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>Suspend, resume or terminate a living instance.</summary>
internal sealed class ControlInstance(EngineParts parts, string id, HistoryKind kind, string? reason) : WriteUnit<bool>
{
    private Exception? _refusal;
    private HistoryRow? _row;
    private EndedInstance? _ended;

    public override string InstanceId => id;

    public override void Execute(HubTransaction hub)
    {
        (_row, _ended) = (null, null);
        InstanceRow? instance = hub.Find(id);
        _refusal = instance switch
        {
            null => new InstanceNotFoundException(id),
            { HasEnded: true } => new InstanceCompletedException(id),
            _ => null,
        };
        if (_refusal is not null)
        {
            return;
        }

        string? payload = reason is null ? null : JsonSerializer.Serialize(reason, EngineJson.Default.String);
        bool suspended = instance!.Status == OrchestrationRuntimeStatus.Suspended;
        if (kind == HistoryKind.ExecutionTerminated)
        {
            _ended = hub.End(instance.Key, kind, null, payload);
            _row = _ended!.Row;
        }
        else if (suspended != (kind == HistoryKind.ExecutionSuspended))
        {
            _row = hub.Append(instance.Key, kind, null, null, payload);
            hub.SetStatus(instance.Key, suspended ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Suspended);
            if (instance.Parked)
            {
                hub.Unpark(instance.Key);
            }
        }
    }

    public override void Committed()
    {
        if (_refusal is not null)
        {
            Refuse(_refusal);
            return;
        }

        Acknowledge(true);
        if (_row is not null)
        {
            parts.Instances.Deliver(_row);
        }

        if (_ended is not null)
        {
            parts.Instances.Ended(_ended);
        }
    }
}
