using System.Text.Json;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Torture.Disk;

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
        database.KeepLog(true);
        if (database.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'hub'") == 1)
        {
            return new StoreState(database);
        }

        database.Dispose();
        return null;
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
