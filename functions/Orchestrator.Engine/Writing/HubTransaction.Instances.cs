using System.Diagnostics.CodeAnalysis;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Writing;

internal sealed partial class HubTransaction
{
    private SqliteStatement _findById, _findByKey, _insert, _running, _status, _restart, _end, _revive;
    private SqliteStatement _park, _unpark, _rowsAfter, _receive, _lastPosition;

    public InstanceRow? Find(string id) => Read(_findById.Bind(1, id));

    public InstanceRow? Find(long key) => Read(_findByKey.Bind(1, key));

    /// <summary>Null when the id is in use. The next row appended must be its start.</summary>
    public InstanceRow? Insert(string id, string name, ParentTask? parent)
    {
        InstanceRow instance = new(_nextKey, id, name, OrchestrationRuntimeStatus.Pending, 0, NextPosition, parent, false, 0, null, _now);
        int inserted = _insert.Bind(1, instance.Key).Bind(2, id).Bind(3, name).Bind(4, _now.UtcTicks).Bind(5, instance.RunStart)
            .Bind(6, parent?.Instance).Bind(7, (long?)parent?.Run).Bind(8, (long?)parent?.TaskId).Run();
        _nextKey += inserted;
        return inserted == 1 ? instance : null;
    }

    public void SetRunning(long key) => _running.Bind(1, key).Run();

    public void SetStatus(long key, OrchestrationRuntimeStatus status) => _status.Bind(1, key).Bind(2, (long)status).Run();

    /// <summary>The next row appended must be the new run's start.</summary>
    public void Restart(long key) => _restart.Bind(1, key).Bind(2, NextPosition).Run();

    public void Revive(long key) => _revive.Bind(1, key).Run();

    /// <summary>Ends an instance and tells the step that waits for it, if its own run still lives. Null when it has ended before.</summary>
    public EndedInstance? End(long key, HistoryKind kind, int? taskId, string? payload)
    {
        if (Find(key) is not { HasEnded: false } instance)
        {
            return null;
        }

        HistoryRow row = Append(key, kind, taskId, null, payload);
        OrchestrationRuntimeStatus status = EndedInstance.StatusOf(kind);
        _end.Bind(1, key).Bind(2, (long)status).Bind(3, row.Position).Run();
        return new EndedInstance(instance, row, TellParent(instance, kind, payload));
    }

    /// <summary>False when history went on after <paramref name="through"/>, so that it must stay awake.</summary>
    public bool Park(long key, long through, DateTimeOffset? wake) =>
        _park.Bind(1, key).Bind(2, through).Bind(3, wake?.UtcTicks).Run() == 1;

    public void Unpark(long key) => _unpark.Bind(1, key).Run();

    /// <summary>False when an event of that id came before.</summary>
    public bool Receive(long key, string eventId) => _receive.Bind(1, key).Bind(2, eventId).Run() == 1;

    /// <summary>Rows of an instance after a position, within this transaction.</summary>
    public IReadOnlyList<HistoryRow> RowsAfter(long instance, long position)
    {
        List<HistoryRow> rows = [];
        _rowsAfter.Bind(1, instance).Bind(2, position);
        while (_rowsAfter.Step())
        {
            rows.Add(HistoryColumns.Read(_rowsAfter));
        }

        _rowsAfter.Reset();
        return rows;
    }

    /// <summary>Position of an instance's newest row, within this transaction; 0 when it has none.</summary>
    public long LastPosition(long instance)
    {
        if (!_lastPositions.TryGetValue(instance, out long position))
        {
            position = _lastPosition.Bind(1, instance).Step() ? _lastPosition.Int64(0) : 0;
            _lastPosition.Reset();
            Know(instance, position);
        }

        return position;
    }

    private HistoryRow? TellParent(InstanceRow instance, HistoryKind kind, string? payload)
    {
        if (instance.Parent is not { } task || Find(task.Instance) is not { HasEnded: false } parent || parent.Run != task.Run)
        {
            return null;
        }

        if (parent.Parked)
        {
            Unpark(parent.Key);
        }

        return kind == HistoryKind.ExecutionCompleted
            ? Append(parent.Key, HistoryKind.SubOrchestrationInstanceCompleted, task.TaskId, instance.Name, payload, instance.Id)
            : Append(parent.Key, HistoryKind.SubOrchestrationInstanceFailed, task.TaskId, instance.Name, FailureJson.OfChild(instance.Id, kind, payload), instance.Id);
    }

    private static InstanceRow? Read(SqliteStatement statement)
    {
        InstanceRow? instance = statement.Step() ? InstanceColumns.Read(statement) : null;
        statement.Reset();
        return instance;
    }

    [MemberNotNull(nameof(_findById), nameof(_findByKey), nameof(_insert), nameof(_running), nameof(_status), nameof(_restart), nameof(_end), nameof(_revive))]
    [MemberNotNull(nameof(_park), nameof(_unpark), nameof(_rowsAfter), nameof(_lastPosition), nameof(_receive))]
    private void PrepareInstances()
    {
        _findById = Prepare($"SELECT {InstanceColumns.Names} FROM instances WHERE id = ?");
        _findByKey = Prepare($"SELECT {InstanceColumns.Names} FROM instances WHERE key = ?");
        _insert = Prepare("INSERT INTO instances (key, id, name, status, created, run, run_start, parent, parent_run, parent_task) VALUES (?1, ?2, ?3, 0, ?4, 0, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING");
        _running = Prepare("UPDATE instances SET status = 1 WHERE key = ? AND status = 0");
        _status = Prepare("UPDATE instances SET status = ?2 WHERE key = ?1");
        _restart = Prepare("UPDATE instances SET run = run + 1, run_start = ?2, processed = 0 WHERE key = ?1");
        _end = Prepare("UPDATE instances SET status = ?2, end_position = ?3, parked = 0, wake = NULL WHERE key = ?1");
        _revive = Prepare("UPDATE instances SET status = 1, end_position = NULL, parked = 0, wake = NULL WHERE key = ?1");
        _park = Prepare("UPDATE instances SET parked = 1, processed = ?2, wake = ?3 WHERE key = ?1 AND status < 3 AND NOT EXISTS (SELECT 1 FROM history WHERE instance = ?1 AND position > ?2)");
        _unpark = Prepare("UPDATE instances SET parked = 0, wake = NULL WHERE key = ?");
        _rowsAfter = Prepare($"SELECT {HistoryColumns.Names} FROM history WHERE instance = ? AND position > ? ORDER BY position");
        _lastPosition = Prepare("SELECT position FROM history WHERE instance = ? ORDER BY position DESC LIMIT 1");
        _receive = Prepare("INSERT INTO received_events VALUES (?, ?) ON CONFLICT DO NOTHING");
    }
}

/// <summary>An instance that has just ended, its last row, and the row its parent got of it.</summary>
internal sealed record EndedInstance(InstanceRow Instance, HistoryRow Row, HistoryRow? ParentRow)
{
    public OrchestrationRuntimeStatus Status => StatusOf(Row.Kind);

    public static OrchestrationRuntimeStatus StatusOf(HistoryKind end) => end switch
    {
        HistoryKind.ExecutionCompleted => OrchestrationRuntimeStatus.Completed,
        HistoryKind.ExecutionFailed => OrchestrationRuntimeStatus.Failed,
        _ => OrchestrationRuntimeStatus.Terminated,
    };
}
