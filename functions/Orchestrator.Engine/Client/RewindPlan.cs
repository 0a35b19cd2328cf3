using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Client;

/// <summary>What a rewind takes out: of the failed instance, and of the children whose failure it is undone with.</summary>
internal static class RewindPlan
{
    public static IReadOnlyList<Rewind> For(HubReader reader, StoredInstance failed)
    {
        if (failed.Instance.Status != OrchestrationRuntimeStatus.Failed)
        {
            return [new Rewind(failed.Instance.Key, [])];
        }

        IReadOnlyList<HistoryRow> dropped = RewoundHistory.Failed(RewoundHistory.Effective(failed.Rows));
        List<Rewind> rewinds = [new Rewind(failed.Instance.Key, [.. dropped.Select(row => row.Position)])];
        foreach (HistoryRow child in dropped.Where(row => row.Kind == HistoryKind.SubOrchestrationInstanceFailed && row.Reference is not null))
        {
            if (reader.Load(child.Reference!) is { Instance.Status: OrchestrationRuntimeStatus.Failed } stored)
            {
                rewinds.AddRange(For(reader, stored));
            }
        }

        return rewinds;
    }
}
