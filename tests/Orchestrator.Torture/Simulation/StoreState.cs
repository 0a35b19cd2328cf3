using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Torture.Disk;
using SQLitePCL;

namespace Orchestrator.Torture.Simulation;

/// <summary>What lies on the disk, read without the engine and without changing it.</summary>
internal sealed class StoreState : IDisposable
{
    private readonly SqliteDatabase _database;

    private StoreState(SqliteDatabase database) => _database = database;

    public long Head => _database.Scalar("SELECT head_position FROM hub");

    public byte[] HeadHash => HashAt(Head);

    /// <summary>Keys of the steps whose result is in history.</summary>
    public IReadOnlyList<string> CompletedSteps
    {
        get
        {
            List<string> steps = [];
            SqliteStatement rows = _database.Prepare($"SELECT payload FROM history WHERE kind = {(int)HistoryKind.TaskCompleted} AND payload IS NOT NULL");
            while (rows.Step())
            {
                steps.Add(JsonSerializer.Deserialize<string>(rows.Text(0))!);
            }

            rows.Close();
            return steps;
        }
    }

    /// <summary>Null when there is no task hub yet.</summary>
    public static StoreState? Open(SimulatedDisk disk)
    {
        if (disk.Image("") is not { Length: > 0 })
        {
            return null;
        }

        SqliteDatabase database = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);
        try
        {
            database.KeepLog(true);
            if (database.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'hub'") == 1)
            {
                return new StoreState(database);
            }
        }
        catch (SqliteFailure unmade) when (unmade.Code == raw.SQLITE_READONLY_ROLLBACK)
        {
            // The end came before there was a log: what is there is to be rolled back to nothing.
        }

        database.Dispose();
        return null;
    }

    /// <summary>Living instances with what history has of them, for somebody who looks for a cause.</summary>
    public string Living
    {
        get
        {
            StringBuilder text = new();
            SqliteStatement rows = _database.Prepare("SELECT i.id, i.status, i.parked, h.position, h.kind, h.task_id, h.payload FROM instances i JOIN history h ON h.instance = i.key WHERE i.status < 3 ORDER BY i.key, h.position");
            while (rows.Step())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{rows.Text(0)} {(OrchestrationRuntimeStatus)rows.Int64(1)}{(rows.Int64(2) == 1 ? " parked" : "")}: {rows.Int64(3)} {(HistoryKind)rows.Int64(4)} #{rows.Int32OrNull(5)} {rows.TextOrNull(6)}");
            }

            rows.Close();
            return text.ToString();
        }
    }

    public byte[] HashAt(long position)
    {
        SqliteStatement row = _database.Prepare("SELECT hash FROM history WHERE position = ?").Bind(1, position);
        byte[] hash = row.Step() ? row.Blob(0).ToArray() : [];
        row.Close();
        return hash;
    }

    public void Dispose() => _database.Dispose();
}
