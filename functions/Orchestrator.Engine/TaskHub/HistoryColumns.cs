using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.TaskHub;

/// <summary>The columns of a history row in the order they are read.</summary>
internal static class HistoryColumns
{
    public const string Names = "position, instance, kind, time, task_id, name, payload, reference";

    public static HistoryRow Read(SqliteStatement row) => new(
        row.Int64(0),
        row.Int64(1),
        (HistoryKind)row.Int64(2),
        new DateTimeOffset(row.Int64(3), TimeSpan.Zero),
        row.Int32OrNull(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.TextOrNull(7));
}

/// <summary>The columns of an instance row in the order they are read.</summary>
internal static class InstanceColumns
{
    public const string Names = "key, id, name, status, run, run_start, parent, parent_run, parent_task, parked, processed, custom_status, created";

    public static InstanceRow Read(SqliteStatement row) => new(
        row.Int64(0),
        row.Text(1),
        row.Text(2),
        (OrchestrationRuntimeStatus)row.Int64(3),
        (int)row.Int64(4),
        row.Int64(5),
        row.IsNull(6) ? null : new ParentTask(row.Int64(6), (int)row.Int64(7), (int)row.Int64(8)),
        row.Int64(9) != 0,
        row.Int64(10),
        row.TextOrNull(11),
        new DateTimeOffset(row.Int64(12), TimeSpan.Zero));
}
