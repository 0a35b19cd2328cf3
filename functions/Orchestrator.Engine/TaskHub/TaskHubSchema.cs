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
          head_hash BLOB NOT NULL);
        INSERT INTO hub VALUES (1, 0, zeroblob(32));
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

    /// <exception cref="TaskHubVersionException">Newer than this code, or no task hub.</exception>
    public static void Prepare(SqliteDatabase writer, string path)
    {
        try
        {
            long version = writer.Scalar("PRAGMA user_version");
            long application = writer.Scalar("PRAGMA application_id");
            bool empty = writer.Scalar("SELECT count(*) FROM sqlite_master") == 0;
            if (!empty && application != ApplicationId)
            {
                throw new TaskHubVersionException(path, "it is a database of something else.");
            }

            if (version > Version)
            {
                throw new TaskHubVersionException(path, $"it has schema version {version} and this program knows up to {Version}. Use the newer program.");
            }

            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;");
            if (empty)
            {
                writer.Execute($"BEGIN IMMEDIATE; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = 1; {Tables} COMMIT;");
            }

            if (writer.Scalar("PRAGMA user_version") < 2)
            {
                QuerySchema.Add(writer, version: 2);
            }
        }
        catch (SqliteFailure failure) when ((failure.Code & 0xFF) == SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new TaskHubVersionException(path, "it is not a SQLite database.");
        }
    }
}
