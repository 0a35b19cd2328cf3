using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>One consistent copy of a hub as a single SQLite file.</summary>
internal static class HubBackup
{
    /// <param name="source">On which nothing else runs meanwhile; others may write. It never checkpoints.</param>
    /// <exception cref="IOException">The target is there already, or cannot be written.</exception>
    public static BackupReport Write(SqliteDatabase source, string target, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(target);
        if (File.Exists(full))
        {
            throw new IOException($"There is a file '{full}' already; a backup replaces nothing.");
        }

        string partial = full + "-partial";
        Discard(partial);
        try
        {
            HubHead head = Copy(source, partial, cancellationToken);
            IntegrityReport report = Verify(partial, cancellationToken);
            if (!report.IsIntact)
            {
                throw new TaskHubDamagedException(full, report);
            }

            Flush(partial);
            File.Move(partial, full);
            return new BackupReport(full, now, head.Position, Convert.ToHexStringLower(head.Hash), new FileInfo(full).Length);
        }
        finally
        {
            Discard(partial);
        }
    }

    public static IntegrityReport Verify(string backup, CancellationToken cancellationToken)
    {
        if (!File.Exists(backup))
        {
            throw new FileNotFoundException($"There is no backup '{backup}'.", backup);
        }

        try
        {
            using ReaderConnection connection = new(SqliteDatabase.OpenForReading(backup));
            return connection.Use(database => TaskHubSchema.Inspect(database, backup)) == 0
                ? throw new TaskHubVersionException(backup, "it is empty.")
                : new IntegrityCheck(read => read(connection)).All(cancellationToken).Report;
        }
        catch (SqliteFailure failure)
        {
            return new IntegrityReport(false, 0, null, $"SQLite cannot read the file: {failure.Message}") { CanBeAccepted = false };
        }
    }

    public static void Flush(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static HubHead Copy(SqliteDatabase source, string partial, CancellationToken cancellationToken)
    {
        FileDisk.Instance.CreateDatabase(partial);
        using SqliteDatabase copy = SqliteDatabase.OpenForWriting(partial);
        source.CopyTo(copy, cancellationToken);

        // A single file: the copy came with the source's journal mode.
        copy.Execute("PRAGMA journal_mode = DELETE");
        using ReaderConnection connection = new(copy, owned: false);
        return HubHead.Read(connection) ?? throw new InvalidDataException("The task hub's own row is missing.");
    }

    private static void Discard(string partial)
    {
        foreach (string suffix in (string[])["", "-journal", "-wal", "-shm"])
        {
            File.Delete(partial + suffix);
        }
    }
}
