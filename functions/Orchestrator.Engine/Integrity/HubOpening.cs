using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>Opens a hub for its one writer: looks whether it is what was acknowledged, makes or upgrades the tables, and takes up the witness.</summary>
internal static class HubOpening
{
    /// <param name="writer">On which nothing was done.</param>
    /// <exception cref="TaskHubVersionException">The file is of a newer version, or no task hub.</exception>
    /// <exception cref="TaskHubDamagedException">It is not what was last acknowledged. The file is left as it is, with its write-ahead log.</exception>
    public static Witness Open(SqliteDatabase writer, TaskHubFile file)
    {
        // Until it is found sound: closing would fold the log into the file and delete what is left of a damaged one.
        writer.KeepLog(true);
        WitnessLog? log = ReadWitness(file);
        int version = Check(writer, file, log);
        writer.KeepLog(false);
        TaskHubSchema.Prepare(writer, version);
        return TakeUp(writer, file, log);
    }

    public static WitnessLog? ReadWitness(TaskHubFile file)
    {
        if (!file.Disk.Exists(file.WitnessPath))
        {
            return null;
        }

        using ISideFile side = file.Disk.OpenSide(file.WitnessPath);
        return WitnessLog.Read(side.ReadAll());
    }

    private static int Check(SqliteDatabase database, TaskHubFile file, WitnessLog? log)
    {
        int version = TaskHubSchema.Inspect(database, file.Path);
        using ReaderConnection connection = new(database, owned: false);
        HubHead? head = version == 0 ? null : HubHead.Read(connection);
        return WitnessCheck.Compare(connection, head, log, file.WitnessPath) is { } damage
            ? throw new TaskHubDamagedException(file.Path, IntegrityReports.Of(head?.Position ?? 0, [damage], []))
            : version;
    }

    private static Witness TakeUp(SqliteDatabase writer, TaskHubFile file, WitnessLog? log)
    {
        using ReaderConnection connection = new(writer, owned: false);
        HubHead head = HubHead.Read(connection);
        ISideFile side = file.Disk.OpenSide(file.WitnessPath);
        Witness? witness = null;
        try
        {
            if (log?.Newest is { } newest && log.HubId.AsSpan().SequenceEqual(head.HubId))
            {
                witness = Witness.Continue(side, log);
                if (newest.Commit < head.Commits)
                {
                    witness.Commit(head.Mark);
                }
            }
            else
            {
                witness = Witness.Fresh(side, head.HubId, head.Mark);
            }

            if (!head.IsWitnessed)
            {
                writer.Execute("UPDATE hub SET witnessed = 1");
            }

            return witness;
        }
        catch
        {
            witness?.Dispose();
            side.Dispose();
            throw;
        }
    }
}
