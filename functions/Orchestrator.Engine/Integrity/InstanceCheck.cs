using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>Whether instances are what history says of them: id, name, run, parent, status, end. Each is read with its history in one snapshot.</summary>
internal static class InstanceCheck
{
    private const int PageSize = 500;
    private const string Columns = "key, id, name, status, run, run_start, end_position, parent, parent_run, parent_task, created";

    private const string Lifecycle = """
        SELECT position, kind, name, reference, time FROM history
        WHERE instance = ? AND kind IN (1, 2, 3, 4, 5, 6, 7, 8) ORDER BY position
        """;

    /// <summary>Looks at the next instances by key.</summary>
    /// <returns>The key to go on from; null at the end.</returns>
    public static long? Page(ReaderConnection connection, long after, List<Damage> damage)
    {
        List<Stored> page = ReaderConnection.List(
            connection.Prepare($"SELECT {Columns} FROM instances WHERE key > ? ORDER BY key LIMIT {PageSize}").Bind(1, after), Stored.Read);
        page.ForEach(instance => Check(connection, instance, damage));
        return page.Count < PageSize ? null : page[^1].Key;
    }

    public static void One(ReaderConnection connection, long key, List<Damage> damage)
    {
        List<Stored> found = ReaderConnection.List(connection.Prepare($"SELECT {Columns} FROM instances WHERE key = ?").Bind(1, key), Stored.Read);
        if (found.Count == 1)
        {
            Check(connection, found[0], damage);
        }
        else
        {
            Missing(connection, key, damage);
        }
    }

    /// <summary>An instance that has history and is not there. One that was purged has no history.</summary>
    public static void Missing(ReaderConnection connection, long key, List<Damage> damage)
    {
        bool isThere = ReaderConnection.List(connection.Prepare("SELECT 1 FROM instances WHERE key = ?").Bind(1, key), _ => true).Count == 1;
        if (!isThere && ReaderConnection.List(connection.Prepare("SELECT reference FROM history WHERE instance = ? AND kind = 1 LIMIT 1").Bind(1, key), row => row.TextOrNull(0)).SingleOrDefault() is { } id)
        {
            damage.Add(Wrong(key, id, "has a history and is gone from the instances"));
        }
    }

    private static void Check(ReaderConnection connection, Stored stored, List<Damage> damage)
    {
        Told told = new();
        SqliteStatement rows = connection.Prepare(Lifecycle).Bind(1, stored.Key);
        try
        {
            while (rows.Step())
            {
                told.Take(rows);
            }
        }
        finally
        {
            rows.Reset();
        }

        if (Difference(connection, stored, told) is { } difference)
        {
            damage.Add(Wrong(stored.Key, stored.Id, difference));
        }
    }

    private static string? Difference(ReaderConnection connection, Stored stored, Told told)
    {
        if (told.Id is null)
        {
            return "has no start in history";
        }

        if (told.Id != stored.Id || told.Name != stored.Name)
        {
            return $"is '{told.Id}' of '{told.Name}' in history, not '{stored.Name}'";
        }

        // Where its first run is gone, retention has taken the content of runs that ended long ago.
        bool isWhole = told.StartedAt == stored.Created;
        if ((isWhole ? told.Run != stored.Run : told.Run > stored.Run) || told.RunStart != stored.RunStart)
        {
            return $"is in run {told.Run} in history, not {stored.Run}";
        }

        bool agrees = told.Status == OrchestrationRuntimeStatus.Running
            ? stored.Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running
            : stored.Status == told.Status;
        if (!agrees || stored.EndPosition != told.EndPosition)
        {
            return $"is {told.Status} in history, not {stored.Status}";
        }

        return HasParent(connection, stored, told.Start) ? null : "has another parent in history";
    }

    private static bool HasParent(ReaderConnection connection, Stored stored, long start)
    {
        if (stored.Parent is not { } parent)
        {
            return ReaderConnection.List(
                connection.Prepare("SELECT 1 FROM history WHERE position = ? AND kind = 30 AND reference = ?").Bind(1, start - 1).Bind(2, stored.Id), _ => true).Count == 0;
        }

        // A purged parent has left no row to compare with, nor may a run that it has ended.
        return ReaderConnection.List(
            connection.Prepare("SELECT 1 FROM history WHERE instance = ? AND kind = 30 AND task_id = ? AND reference = ? LIMIT 1").Bind(1, parent).Bind(2, stored.ParentTask).Bind(3, stored.Id), _ => true).Count == 1
            || ReaderConnection.List(connection.Prepare("SELECT 1 FROM instances WHERE key = ? AND run = ?").Bind(1, parent).Bind(2, stored.ParentRun), _ => true).Count == 0;
    }

    private static Damage Wrong(long key, string id, string what) =>
        new(DamageKind.Instance, 0, 0, $"Instance '{id}' {what}.") { Instance = key, Rows = [new DamagedRow(id, what)] };

    private sealed record Stored(long Key, string Id, string Name, OrchestrationRuntimeStatus Status, long Run, long RunStart, long? EndPosition, long? Parent, long? ParentRun, long? ParentTask, long Created)
    {
        public static Stored Read(SqliteStatement row) => new(
            row.Int64(0), row.Text(1), row.Text(2), (OrchestrationRuntimeStatus)row.Int64(3), row.Int64(4), row.Int64(5), row.Int64OrNull(6), row.Int64OrNull(7), row.Int64OrNull(8), row.Int64OrNull(9), row.Int64(10));
    }

    /// <summary>What history tells of an instance.</summary>
    private sealed class Told
    {
        public string? Id { get; private set; }

        public string? Name { get; private set; }

        public long Start { get; private set; }

        public long StartedAt { get; private set; }

        public long RunStart { get; private set; }

        public long Run { get; private set; }

        public OrchestrationRuntimeStatus Status { get; private set; } = OrchestrationRuntimeStatus.Running;

        public long? EndPosition { get; private set; }

        public void Take(SqliteStatement row)
        {
            switch ((HistoryKind)row.Int64(1))
            {
                case HistoryKind.ExecutionStarted:
                    (Id, Name, RunStart) = (row.TextOrNull(3) ?? "", row.TextOrNull(2), row.Int64(0));
                    (Start, StartedAt) = Start == 0 ? (RunStart, row.Int64(4)) : (Start, StartedAt);
                    break;
                case HistoryKind.ContinueAsNew:
                    Run++;
                    break;
                case HistoryKind.ExecutionCompleted:
                    End(OrchestrationRuntimeStatus.Completed, row);
                    break;
                case HistoryKind.ExecutionFailed:
                    End(OrchestrationRuntimeStatus.Failed, row);
                    break;
                case HistoryKind.ExecutionTerminated:
                    End(OrchestrationRuntimeStatus.Terminated, row);
                    break;
                case HistoryKind.ExecutionSuspended:
                    Status = OrchestrationRuntimeStatus.Suspended;
                    break;
                default:
                    (Status, EndPosition) = (OrchestrationRuntimeStatus.Running, null);
                    break;
            }
        }

        private void End(OrchestrationRuntimeStatus status, SqliteStatement row) => (Status, EndPosition) = (status, row.Int64(0));
    }
}
