using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>Brings failed instances back to life without the rows that made them fail. The rows stay where they are; a note says they count no more.</summary>
/// <param name="rewinds">The instance asked for first, then those of its children that failed it.</param>
internal sealed class RewindInstance(EngineParts parts, string id, string reason, IReadOnlyList<Rewind> rewinds) : WriteUnit<bool>
{
    private readonly List<HistoryRow> _rows = [];
    private Exception? _refusal;

    public override string InstanceId => id;

    public override void Execute(HubTransaction hub)
    {
        _rows.Clear();
        _refusal = hub.Find(rewinds[0].Instance) switch
        {
            null => new InstanceNotFoundException(id),
            { Status: OrchestrationRuntimeStatus.Failed } => null,
            _ => new InstanceNotFailedException(id),
        };
        if (_refusal is not null)
        {
            return;
        }

        foreach (Rewind rewind in rewinds)
        {
            if (hub.Find(rewind.Instance) is { Status: OrchestrationRuntimeStatus.Failed } failed)
            {
                string note = JsonSerializer.Serialize(new RewindNote(reason, rewind.Dropped), EngineJson.Default.RewindNote);
                hub.Revive(failed.Key);
                _rows.Add(hub.Append(failed.Key, HistoryKind.ExecutionRewound, null, null, note));
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
        _rows.ForEach(parts.Instances.Deliver);
    }
}

/// <param name="Dropped">Positions of the rows that count no more.</param>
internal sealed record Rewind(long Instance, IReadOnlyList<long> Dropped);
