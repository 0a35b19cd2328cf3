using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>Opens a hub for its one writer: looks whether it is what was acknowledged, makes or upgrades the tables, and takes up the witness.</summary>
internal static class HubOpening
{
    /// <summary>Up to so many rows everything is looked at before the start; that takes a fifth of a second.</summary>
    public const long AllBelow = 50_000;

    /// <summary>Of a larger hub, so many rows before the start and the rest after it.</summary>
    private const long Tail = 5_000;

    private const long QuickCheckBytes = 16L * 1024 * 1024;

    /// <param name="writer">On which nothing was done.</param>
    /// <param name="allBelow">See <see cref="AllBelow"/>.</param>
    /// <exception cref="TaskHubVersionException">The file is of a newer version, or no task hub.</exception>
    /// <exception cref="TaskHubDamagedException">It is not what was last acknowledged. The file is left as it is, with its write-ahead log.</exception>
    public static OpenedHub Open(SqliteDatabase writer, TaskHubFile file, long allBelow)
    {
        // Until it is found sound: closing would fold the log into the file and delete what is left of a damaged one.
        writer.KeepLog(true);
        WitnessLog? log = ReadWitness(file);
        (int version, IntegrityFindings? findings, bool all) = Check(writer, file, log, allBelow);
        if (findings is { Damage.Count: > 0 })
        {
            throw new TaskHubDamagedException(file.Path, findings.Report);
        }

        writer.KeepLog(false);
        TaskHubSchema.Prepare(writer, version);
        FoldLog(writer, file);
        return new OpenedHub(TakeUp(writer, file, log), all);
    }

    /// <summary>
    /// After a failed sync the system's cache takes pages for written that are not (https://wiki.postgresql.org/wiki/Fsync_Errors), and shows them to this process too.
    /// Copying the log over into the file writes them anew. Otherwise what is acknowledged from here on would stand on a log with a hole.
    /// </summary>
    private static void FoldLog(SqliteDatabase writer, TaskHubFile file)
    {
        try
        {
            writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

            // An old log with a hole, found after a loss of power, would put back older pages; SQLite leaves its end to the next commit's sync.
            using ISideFile log = file.Disk.OpenSide(file.LogPath);
            log.Flush();
        }
        catch (SqliteFailure full) when (full.IsDiskFull)
        {
            // Reading goes on with what is there; the log is taken over once there is space.
        }
    }

    /// <summary>All that can be said of a hub that nobody runs on. Writes nothing.</summary>
    /// <exception cref="TaskHubVersionException">The file is of a newer version, or no task hub.</exception>
    public static IntegrityFindings Look(SqliteDatabase database, TaskHubFile file)
    {
        database.KeepLog(true);
        return Check(database, file, ReadWitness(file), long.MaxValue).Findings ?? new IntegrityFindings(0, [], [], []);
    }

    /// <summary>Null when there is none, or none that can be read.</summary>
    private static WitnessLog? ReadWitness(TaskHubFile file)
    {
        if (!file.Disk.Exists(file.WitnessPath))
        {
            return null;
        }

        using ISideFile side = file.Disk.OpenSide(file.WitnessPath);
        return WitnessLog.Read(side.ReadAll());
    }

    private static (int Version, IntegrityFindings? Findings, bool All) Check(SqliteDatabase database, TaskHubFile file, WitnessLog? log, long allBelow)
    {
        try
        {
            int version = TaskHubSchema.Inspect(database, file.Path);
            using ReaderConnection connection = new(database, owned: false);
            HubHead? head = version == 0 ? null : HubHead.Read(connection) ?? throw new InvalidDataException("The task hub's own row is missing.");
            Damage? loss = WitnessCheck.Compare(connection, head, log, file.WitnessPath);
            if (head is null)
            {
                return (version, loss is null ? null : new IntegrityFindings(0, [loss], [], [loss]), true);
            }

            bool all = head.Position <= allBelow;
            QuickCheck(database, connection);
            IntegrityCheck check = new(read => read(connection)) { Witness = log };
            IntegrityFindings findings = all ? check.All(CancellationToken.None) : check.Tail(Tail, CancellationToken.None);
            return (version, loss is null ? findings : findings with { Damage = [loss, .. findings.Damage], All = [loss, .. findings.All] }, all);
        }
        catch (TaskHubVersionException) when (log?.Newest is { Position: > 0 })
        {
            return (0, Unreadable("the file is no longer a SQLite database of a task hub"), true);
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            return (0, Unreadable(failure.Message), true);
        }
        catch (InvalidDataException failure)
        {
            return (0, Unreadable(failure.Message), true);
        }
    }

    private static IntegrityFindings Unreadable(string why)
    {
        Damage damage = new(DamageKind.Store, 0, 0, $"SQLite cannot read the file whole: {why}");
        return new IntegrityFindings(0, [damage], [], [damage]);
    }

    /// <summary>SQLite's own look at its pages and indexes, which the hash chain says nothing of.</summary>
    private static void QuickCheck(SqliteDatabase database, ReaderConnection connection)
    {
        if (database.Scalar("PRAGMA page_count") * database.Scalar("PRAGMA page_size") > QuickCheckBytes)
        {
            return;
        }

        string verdict = ReaderConnection.List(connection.Prepare("PRAGMA quick_check(1)"), row => row.Text(0)).FirstOrDefault() ?? "ok";
        if (verdict != "ok")
        {
            throw new InvalidDataException(verdict);
        }
    }

    private static Witness TakeUp(SqliteDatabase writer, TaskHubFile file, WitnessLog? log)
    {
        using ReaderConnection connection = new(writer, owned: false);
        HubHead head = HubHead.Read(connection)!;
        if (log?.Newest is null || !log.HubId.AsSpan().SequenceEqual(head.HubId))
        {
            return Anew(writer, file, head);
        }

        Witness witness = Witness.Continue(file.Disk.OpenSide(file.WitnessPath), log);
        try
        {
            // Also where its newest mark is this one: after a failed sync it may be in the system's cache alone.
            witness.Commit(head.Mark);
            return witness;
        }
        catch
        {
            witness.Dispose();
            throw;
        }
    }

    /// <summary>Makes the witness anew from what the hub says of itself; a missing one is a finding from then on.</summary>
    public static Witness Anew(SqliteDatabase writer, TaskHubFile file, HubHead head)
    {
        ISideFile side = file.Disk.OpenSide(file.WitnessPath);
        try
        {
            Witness witness = Witness.Fresh(side, head.HubId, head.Mark);
            if (!head.IsWitnessed)
            {
                writer.Execute("UPDATE hub SET witnessed = 1");
            }

            return witness;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }
}

/// <param name="IsVerified">Whether all of history was looked at before the start.</param>
internal sealed record OpenedHub(Witness Witness, bool IsVerified);
