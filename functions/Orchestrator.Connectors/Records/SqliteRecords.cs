using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;

namespace Orchestrator.Connectors.Records;

/// <summary>
/// Case files, approvals and the audit log in one SQLite file (<c>records.db</c>, mode 600, write-ahead log, synced on every commit), with
/// <c>records.audit-head</c> and <c>records.lock</c> beside it. One process writes it, through one connection; what a call returned survives any crash.
/// </summary>
public sealed class SqliteRecords : IAsyncDisposable
{
    private readonly RecordsWriter? _writer;
    private readonly RecordsReader _reader;
    private readonly FileStream? _lock;

    private SqliteRecords(string path, RecordsWriter? writer, FileStream? ownership)
    {
        (_writer, _lock) = (writer, ownership);
        _reader = new RecordsReader(path);
        Cases = new SqliteCaseFiles(writer, _reader);
        Approvals = new SqliteApprovalStore(writer, _reader);
        Audit = new SqliteAuditLog(writer, _reader, AuditHead.PathBeside(path));
    }

    public ICaseFiles Cases { get; }

    public IApprovalStore Approvals { get; }

    public IAuditLog Audit { get; }

    /// <summary>Opens the file, or makes it, as its only writer.</summary>
    /// <param name="clock">For the record that is made when the noted head was missing.</param>
    /// <exception cref="RecordsException">Another process has it, it is damaged, acknowledged audit records are missing from its end, or a newer version wrote it.</exception>
    public static async Task<SqliteRecords> OpenAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(clock);
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream ownership = TakeOwnership(path);
        RecordsConnection? connection = null;
        try
        {
            bool made = !File.Exists(path);
            OwnerOnly.Ensure(path);
            connection = OpenForWriting(path);
            AuditTail tail = ReadTail(connection);
            (long Sequence, string Hash)? noted = AuditHead.Read(AuditHead.PathBeside(path));
            CheckTail(connection, path, tail, noted);
            AuditHead head = AuditHead.Open(AuditHead.PathBeside(path));
            // Both slots exist from here on, so that noting needs no room on a full disk.
            head.Note(tail.Sequence, tail.Hash);
            head.Note(tail.Sequence, tail.Hash);
            var records = new SqliteRecords(path, new RecordsWriter(connection, head, tail), ownership);
            if (noted is null && !made && tail.Sequence > 0)
            {
                await records.Audit.AppendAsync(AuditChain.MarkGone(clock.GetUtcNow(), tail.Sequence), cancellationToken);
            }

            return records;
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            await ownership.DisposeAsync();
            if (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new RecordsException($"{path} can't be opened as records: {exception.Message} Restore it from a backup, or mend its folder's rights.", exception);
            }

            throw;
        }
    }

    /// <summary>Opens for reading only, also while another process writes and when the end of the audit log is missing: for <c>audit show|verify|export</c>.</summary>
    /// <exception cref="RecordsException">There is no such file, or a newer version wrote it.</exception>
    public static SqliteRecords OpenForReading(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        if (!File.Exists(path))
        {
            throw new RecordsException($"There are no records at {path}. Start the product once, or name the right state folder.");
        }

        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        {
            connection.Open();
            RecordsSchema.Check(connection, path);
        }

        return new(path, writer: null, ownership: null);
    }

    public async ValueTask DisposeAsync()
    {
        // The writer goes last: a reader that closes last leaves the write-ahead log standing, and a copy of the file alone would lack its end.
        _reader.Dispose();
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    internal static FileStream TakeOwnership(string path)
    {
        try
        {
            return new FileStream(Path.ChangeExtension(path, ".lock"), OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordsException($"{path} is in use by another process, or its folder can't be written: {exception.Message} Stop the other one, or choose another state folder.", exception);
        }
    }

    private static RecordsConnection OpenForWriting(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using (SqliteCommand pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;";
                pragmas.ExecuteNonQuery();
            }

            RecordsSchema.Prepare(connection, path);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static AuditTail ReadTail(RecordsConnection connection) =>
        connection.First("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1", row => new AuditTail(row.GetInt64(0), row.GetString(1)))
        ?? new AuditTail(0, AuditChain.Genesis);

    /// <summary>The log may be ahead of the note (a crash between commit and note), never behind it or beside it.</summary>
    private static void CheckTail(RecordsConnection connection, string path, AuditTail tail, (long Sequence, string Hash)? noted)
    {
        if (noted is not { Sequence: > 0 } head)
        {
            return;
        }

        string rescue = $"Run 'audit verify' for the place and restore {path} from a backup; to go on without the lost records, move {AuditHead.PathBeside(path)} away: the next start puts that on the record.";
        if (head.Sequence > tail.Sequence)
        {
            throw new RecordsException($"{path} ends at audit record {tail.Sequence}, but record {head.Sequence} was acknowledged: its end was lost or cut off. {rescue}");
        }

        string? hash = connection.First("SELECT hash FROM audit WHERE sequence = $sequence", row => row.GetString(0), ("$sequence", head.Sequence));
        if (hash != head.Hash)
        {
            throw new RecordsException($"Audit record {head.Sequence} in {path} is not the one that was acknowledged: the end of the log was rewritten. {rescue}");
        }
    }
}
