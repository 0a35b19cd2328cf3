using System.Text.Json;

namespace Orchestrator.Engine.TaskHub;

/// <summary>Rewinding takes rows out of what counts, never out of the store.</summary>
internal static class RewoundHistory
{
    /// <summary>The rows that count.</summary>
    public static IReadOnlyList<HistoryRow> Effective(IReadOnlyList<HistoryRow> rows)
    {
        if (!rows.Any(row => row.Kind == HistoryKind.ExecutionRewound))
        {
            return rows;
        }

        HashSet<long> dropped = [];
        foreach (HistoryRow row in rows.Where(row => row.Kind == HistoryKind.ExecutionRewound))
        {
            dropped.UnionWith(JsonSerializer.Deserialize(row.Payload!, EngineJson.Default.RewindNote)!.Dropped);
        }

        return [.. rows.Where(row => !dropped.Contains(row.Position))];
    }

    /// <summary>
    /// The rows to take out so that a failed run can go on: its end, the failures that led to it, and what the code did because of them.
    /// Failures that the code handled before are kept, and so is every event.
    /// </summary>
    public static IReadOnlyList<HistoryRow> Failed(IReadOnlyList<HistoryRow> effective)
    {
        List<HistoryRow> dropped = [effective[^1]];
        if (effective[^1].TaskId is { } culprit)
        {
            int failure = effective.ToList().FindLastIndex(row => row.Kind.IsFailedTask() && row.TaskId == culprit);
            HashSet<int> undone = [.. effective.Skip(failure + 1).Where(row => row.Kind.IsAction()).Select(row => row.TaskId!.Value)];
            dropped.Add(effective[failure]);
            dropped.AddRange(effective.Skip(failure + 1).Where(row => row.TaskId is { } id && undone.Contains(id)));
        }

        List<HistoryRow> left = [.. effective.Except(dropped)];
        int lastAction = left.FindLastIndex(row => row.Kind.IsAction());
        dropped.AddRange(left.Skip(lastAction + 1).Where(row => row.Kind.IsFailedTask()));

        // A quarantined activity gets its attempts anew.
        HashSet<int> again = [.. dropped.Where(row => row.Kind.IsFailedTask()).Select(row => row.TaskId!.Value)];
        dropped.AddRange(left.Where(row => row.Kind == HistoryKind.TaskCrashed && again.Contains(row.TaskId!.Value)));
        return [.. dropped.Distinct()];
    }
}
