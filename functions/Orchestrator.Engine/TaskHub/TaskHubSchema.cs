using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.TaskHub;

/// <summary>
/// The tables. History is the truth; what instances keeps beside it is a projection of it, or says which of them need not be looked at on start.
/// History is keyed by append order, so that an append touches the end of the table and of one narrow index.
/// </summary>
internal static class TaskHubSchema
{
    /// <summary>1, and one for each upgrade.</summary>
    public const int Version = 2;

    private const int ApplicationId = 0x4F524348;

    private const string Tables = """
        CREATE TABLE hub (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          head_position INTEGER NOT NULL,
          head_hash BLOB NOT NULL,
          hub_id BLOB NOT NULL,
          commits INTEGER NOT NULL,
          witnessed INTEGER NOT NULL);
        INSERT INTO hub VALUES (1, 0, zeroblob(32), randomblob(16), 0, 0);
        CREATE TABLE instances (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          status INTEGER NOT NULL,
          created INTEGER NOT NULL,
          run INTEGER NOT NULL,
          run_start INTEGER NOT NULL,
          end_position INTEGER,
          parent INTEGER, parent_run INTEGER, parent_task INTEGER,
          parked INTEGER NOT NULL DEFAULT 0,
          wake INTEGER,
          processed INTEGER NOT NULL DEFAULT 0,
          custom_status TEXT);
        CREATE INDEX instances_live ON instances (parked) WHERE status < 3;
        CREATE INDEX instances_wake ON instances (wake) WHERE wake IS NOT NULL;
        CREATE TABLE history (
          position INTEGER PRIMARY KEY,
          instance INTEGER,
          kind INTEGER NOT NULL,
          time INTEGER NOT NULL,
          task_id INTEGER,
          name TEXT,
          payload TEXT,
          reference TEXT,
          digest BLOB,
          hash BLOB NOT NULL);
        CREATE INDEX history_instance ON history (instance) WHERE instance IS NOT NULL;
        CREATE TABLE received_events (
          instance INTEGER NOT NULL,
          event_id TEXT NOT NULL,
          PRIMARY KEY (instance, event_id)) WITHOUT ROWID;
        """;

    private const string FromVersion1 = """
        ALTER TABLE hub ADD COLUMN hub_id BLOB;
        ALTER TABLE hub ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hub ADD COLUMN witnessed INTEGER NOT NULL DEFAULT 0;
        UPDATE hub SET hub_id = randomblob(16);
        """;

    /// <summary>The schema version of a file; 0 when it is empty. Writes nothing.</summary>
    /// <exception cref="TaskHubVersionException">Newer than this code, or no task hub.</exception>
    public static int Inspect(SqliteDatabase database, string path)
    {
        try
        {
            if (database.Scalar("SELECT count(*) FROM sqlite_master") == 0)
            {
                return 0;
            }

            if (database.Scalar("PRAGMA application_id") != ApplicationId)
            {
                throw new TaskHubVersionException(path, "it is a database of something else.");
            }

            long version = database.Scalar("PRAGMA user_version");
            return version <= Version
                ? (int)version
                : throw new TaskHubVersionException(path, $"it has schema version {version} and this program knows up to {Version}. Use the newer program.");
        }
        catch (SqliteFailure failure) when ((failure.Code & 0xFF) == SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new TaskHubVersionException(path, "it is not a SQLite database.");
        }
    }

    /// <summary>Makes the tables, or brings those of an older version up to this one.</summary>
    public static void Prepare(SqliteDatabase writer, int version)
    {
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;");
        string? change = version switch
        {
            0 => $"PRAGMA application_id = {ApplicationId}; {Tables}",
            1 => FromVersion1,
            _ => null,
        };
        if (change is null)
        {
            return;
        }

        writer.Execute($"BEGIN IMMEDIATE; {change}");
        try
        {
            QuerySchema.Add(writer);
            writer.Execute($"PRAGMA user_version = {Version}; COMMIT;");
        }
        catch
        {
            writer.Execute("ROLLBACK");
            throw;
        }
    }
}
