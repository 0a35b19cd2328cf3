using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Records;

/// <summary>Copies records to a file of their own, while they are written or not, and puts such a copy in place.</summary>
public static class RecordsBackup
{
    /// <summary>Copies one state of the records, with the audit head that belongs to it, and verifies the copy.</summary>
    /// <param name="target">A file that is not there yet; its audit head goes beside it.</param>
    /// <exception cref="RecordsException">There are no records, they cannot be read, or the copy's audit chain does not hold.</exception>
    public static async Task<AuditVerdict> CopyAsync(string records, string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(records))
        {
            throw new RecordsException($"There are no records at {records}. Start the product once, or name the right state folder.");
        }

        try
        {
            await Task.Run(() => Copy(records, target), cancellationToken);
        }
        catch (SqliteException unreadable)
        {
            throw new RecordsException($"{records} can't be copied: {unreadable.Message}", unreadable);
        }

        AuditVerdict verdict = await VerifyAsync(target, cancellationToken);
        return verdict.Holds ? verdict : throw new RecordsException($"The copy of {records} is not sound: {verdict.Finding}");
    }

    /// <exception cref="RecordsException">There is no such file, or a newer version wrote it.</exception>
    public static async Task<AuditVerdict> VerifyAsync(string records, CancellationToken cancellationToken)
    {
        await using SqliteRecords copy = SqliteRecords.OpenForReading(records);
        return await copy.Audit.VerifyAsync(cancellationToken);
    }

    /// <summary>Puts a copy in place of the records, whose files are moved aside, and notes in the audit log that this was done.</summary>
    /// <param name="aside">Name to which what is there is moved, without its ending.</param>
    /// <param name="entry">The audit record of the restore.</param>
    /// <returns>The files that were moved.</returns>
    /// <exception cref="RecordsException">A process has the records open, or the copy cannot be opened.</exception>
    public static async Task<IReadOnlyList<string>> ReplaceAsync(string copy, string records, string aside, AuditEntry entry, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<string> moved = [];
        using (SqliteRecords.TakeOwnership(records))
        {
            // The head goes last: with the old one beside the new records a start is refused, never silent.
            Exchange(copy, records, aside + Path.GetExtension(records), moved);
            Exchange(AuditHead.PathBeside(copy), AuditHead.PathBeside(records), aside + ".audit-head", moved);
        }

        await using SqliteRecords opened = await SqliteRecords.OpenAsync(records, clock, cancellationToken);
        await opened.Audit.AppendAsync(entry, cancellationToken);
        return moved;
    }

    private static void Copy(string records, string target)
    {
        SQLitePCL.Batteries_V2.Init();
        OwnerOnly.Ensure(target);
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = records, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);

        // A single file: the copy came with the journal mode of its source.
        using (SqliteCommand single = copy.CreateCommand())
        {
            single.CommandText = "PRAGMA journal_mode = DELETE";
            single.ExecuteNonQuery();
        }

        using SqliteCommand tail = copy.CreateCommand();
        tail.CommandText = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1";
        using SqliteDataReader row = tail.ExecuteReader();
        using AuditHead head = AuditHead.Open(AuditHead.PathBeside(target));
        (long sequence, string hash) = row.Read() ? (row.GetInt64(0), row.GetString(1)) : (0, AuditChain.Genesis);
        head.Note(sequence, hash);
        head.Note(sequence, hash);
    }

    private static void Exchange(string from, string to, string aside, List<string> moved)
    {
        foreach (string suffix in (string[])["", "-wal"])
        {
            if (File.Exists(to + suffix))
            {
                File.Move(to + suffix, aside + suffix);
                moved.Add(aside + suffix);
            }
        }

        File.Delete(to + "-shm");
        File.Move(from, to);
    }
}
