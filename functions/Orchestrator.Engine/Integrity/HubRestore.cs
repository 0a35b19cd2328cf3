using System.Globalization;
using System.Text.Json;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>Puts a backup in place of a hub.</summary>
/// <remarks>The old witness stays until the last step, so that a crash on the way leaves a hub that is refused, never an empty or an older one that runs.</remarks>
internal static class HubRestore
{
    public static RestoreReport Run(TaskHubFile file, string backup, string who, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IntegrityReport report = HubBackup.Verify(backup, cancellationToken);
        if (!report.IsIntact)
        {
            throw new TaskHubDamagedException(backup, report);
        }

        string prepared = file.Path + "-restoring";
        long? replaced = RowsOf(file.Path);
        Prepare(backup, prepared, new RestoreNote(who, reason, Path.GetFileName(backup), report.Rows, replaced), now);
        cancellationToken.ThrowIfCancellationRequested();

        List<string> aside = [];
        string stamp = now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        foreach (string suffix in (string[])["", "-wal", "-running"])
        {
            Move(file.Path + suffix, $"{file.Path}-replaced-{stamp}{suffix}", aside);
        }

        File.Delete(file.Path + "-shm");
        File.Move(prepared, file.Path);
        if (File.Exists(file.WitnessPath))
        {
            string witness = $"{file.Path}-replaced-{stamp}-witness";
            File.Copy(file.WitnessPath, witness);
            aside.Add(witness);
        }

        using SqliteDatabase database = SqliteDatabase.OpenForWriting(file.Path);
        TaskHubSchema.Prepare(database, TaskHubSchema.Version);
        using ReaderConnection connection = new(database, owned: false);
        HubOpening.Anew(database, file, HubHead.Read(connection)!).Dispose();
        return new RestoreReport(report.Rows, replaced, aside);
    }

    private static void Prepare(string backup, string prepared, RestoreNote note, DateTimeOffset now)
    {
        foreach (string left in (string[])[prepared, prepared + "-wal", prepared + "-shm"])
        {
            File.Delete(left);
        }

        FileDisk.Instance.CreateDatabase(prepared);
        using (FileStream from = File.OpenRead(backup))
        using (FileStream to = new(prepared, FileMode.Open, FileAccess.Write))
        {
            to.SetLength(0);
            from.CopyTo(to);
        }

        using (SqliteDatabase database = SqliteDatabase.OpenForWriting(prepared))
        {
            TaskHubSchema.Prepare(database, TaskHubSchema.Inspect(database, prepared));
            HubAcceptance.Append(database, now, HistoryKind.HubRestored, JsonSerializer.Serialize(note, IntegrityJson.Default.RestoreNote), []);
        }

        HubBackup.Flush(prepared);
    }

    private static void Move(string from, string to, List<string> moved)
    {
        if (File.Exists(from))
        {
            File.Move(from, to);
            moved.Add(to);
        }
    }

    /// <summary>For the record only: what is there may be damaged in any way.</summary>
    private static long? RowsOf(string path)
    {
        try
        {
            using SqliteDatabase database = SqliteDatabase.OpenForReading(path);
            return database.Scalar("SELECT head_position FROM hub");
        }
        catch (SqliteFailure)
        {
            return null;
        }
    }
}
