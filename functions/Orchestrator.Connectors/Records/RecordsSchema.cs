using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Connectors.Records;

/// <summary>The tables of <c>records.db</c>. A version is added at the end and never changed.</summary>
internal static class RecordsSchema
{
    public const int Version = 4;

    private const string First = """
        CREATE TABLE case_file (
            case_id TEXT PRIMARY KEY,
            thread_id TEXT NOT NULL,
            opened_by TEXT NOT NULL,
            customer_name TEXT,
            opened_at TEXT NOT NULL,
            closed_at TEXT);
        CREATE UNIQUE INDEX case_file_open_thread ON case_file (thread_id) WHERE closed_at IS NULL;
        CREATE INDEX case_file_open ON case_file (opened_at) WHERE closed_at IS NULL;
        CREATE INDEX case_file_sender ON case_file (opened_by, opened_at);

        CREATE TABLE message (
            message_id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES case_file (case_id),
            mail TEXT NOT NULL);
        CREATE INDEX message_case ON message (case_id);

        CREATE TABLE approval (
            approval_id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL,
            opened_at TEXT NOT NULL,
            concluded_at TEXT,
            round TEXT NOT NULL);
        CREATE INDEX approval_case ON approval (case_id);
        CREATE INDEX approval_open ON approval (opened_at) WHERE concluded_at IS NULL;
        CREATE INDEX approval_concluded ON approval (concluded_at) WHERE concluded_at IS NOT NULL;
        CREATE TRIGGER approval_conclusion_stands BEFORE UPDATE ON approval
            WHEN OLD.concluded_at IS NOT NULL AND NEW.concluded_at IS NOT OLD.concluded_at
            BEGIN SELECT RAISE(ABORT, 'the first conclusion of an approval stands'); END;

        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            case_id TEXT,
            entry TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL);
        CREATE INDEX audit_case ON audit (case_id) WHERE case_id IS NOT NULL;
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
            WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
            BEGIN SELECT RAISE(ABORT, 'the audit log has no gaps'); END;

        PRAGMA user_version = 1;
        """;

    private const string Second = """
        CREATE TABLE note (
            case_id TEXT NOT NULL REFERENCES case_file (case_id),
            note TEXT NOT NULL);
        CREATE INDEX note_case ON note (case_id);

        PRAGMA user_version = 2;
        """;

    /// <summary>An open case belongs to a thread and to whoever opened it: a stranger in the thread has a case of their own.</summary>
    private const string Third = """
        DROP INDEX case_file_open_thread;
        CREATE UNIQUE INDEX case_file_open_thread ON case_file (thread_id, opened_by) WHERE closed_at IS NULL;
        CREATE INDEX case_file_thread ON case_file (thread_id);

        PRAGMA user_version = 3;
        """;

    /// <summary>Mails beyond what a case may hold, and the count of a sender's open cases.</summary>
    private const string Fourth = """
        ALTER TABLE message ADD COLUMN letters INTEGER;
        ALTER TABLE message ADD COLUMN beyond INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE case_file ADD COLUMN disowned INTEGER NOT NULL DEFAULT 0;
        DROP INDEX message_case;
        CREATE INDEX message_case ON message (case_id, beyond, letters);
        CREATE INDEX case_file_sender_open ON case_file (opened_by, disowned, opened_at) WHERE closed_at IS NULL;

        PRAGMA user_version = 4;
        """;

    private static readonly string[] Versions = [First, Second, Third, Fourth];

    /// <exception cref="RecordsException">A newer version of this product wrote the file.</exception>
    public static void Prepare(SqliteConnection connection, string path)
    {
        int version = Check(connection, path);
        foreach (string next in Versions.Skip(version))
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand create = connection.CreateCommand();
            create.Transaction = transaction;
#pragma warning disable CA2100 // One of the constants above.
            create.CommandText = next;
#pragma warning restore CA2100
            create.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <exception cref="RecordsException">A newer version of this product wrote the file.</exception>
    public static int Check(SqliteConnection connection, string path)
    {
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        int version = Convert.ToInt32(read.ExecuteScalar(), CultureInfo.InvariantCulture);
        return version <= Version
            ? version
            : throw new RecordsException($"{path} was written by a newer version of this product (records version {version}; this one knows {Version}). Start that version, or restore the backup made before the upgrade.");
    }
}
