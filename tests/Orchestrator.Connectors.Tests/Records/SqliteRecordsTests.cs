using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Cases;
using Orchestrator.Connectors.Records;

namespace Orchestrator.Connectors.Tests.Records;

public sealed class SqliteRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Db => _folder.File("records.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_Twice_SecondIsRefused()
    {
        await using SqliteRecords first = await OpenAsync();
        RecordsException refused = await Assert.ThrowsAsync<RecordsException>(OpenAsync);
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_WhileOpen_AreForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllBytesAsync(Db, []);
        File.SetUnixFileMode(Db, (UnixFileMode)0b110_100_100);
        await using SqliteRecords records = await OpenAsync();
        await records.Audit.AppendAsync(Samples.Entry(), default);

        string[] files = Directory.GetFiles(_folder.Path);
        Assert.Contains(_folder.File("records.db-wal"), files);
        foreach (string file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithASentence()
    {
        await using (await OpenAsync())
        {
        }

        Execute("PRAGMA user_version = 99");

        RecordsException refused = await Assert.ThrowsAsync<RecordsException>(OpenAsync);
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Throws<RecordsException>(() => SqliteRecords.OpenForReading(Db));
    }

    [Fact]
    public async Task Open_OlderSchema_IsBroughtUpAndKeepsWhatItHolds()
    {
        await using (SqliteRecords records = await OpenAsync())
        {
            await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        }

        Execute("""
            DROP TABLE note; DROP INDEX case_file_thread; DROP INDEX case_file_open_thread; DROP INDEX case_file_sender_open; DROP INDEX message_case;
            ALTER TABLE message DROP COLUMN letters; ALTER TABLE message DROP COLUMN beyond; ALTER TABLE case_file DROP COLUMN disowned;
            CREATE INDEX message_case ON message (case_id);
            CREATE UNIQUE INDEX case_file_open_thread ON case_file (thread_id) WHERE closed_at IS NULL;
            PRAGMA user_version = 1
            """);

        await using SqliteRecords opened = await OpenAsync();
        CaseNote note = new(Samples.At, "ana@example.com", "cases.end", "Settled by phone.");
        await opened.Cases.NoteAsync("case-1", note, default);
        await opened.Cases.NoteAsync("case-unknown", note, default);
        Assert.Equal([note], (await opened.Cases.FindAsync("case-1", default))!.Notes);
        Assert.Equal([Samples.Mail()], (await opened.Cases.FindAsync("case-1", default))!.Messages);
        Assert.Equal(TakenInAs.Reply, (await opened.Cases.TakeInAsync(Samples.Mail("m2"), "case-2", Samples.At, default)).As);
        Assert.Equal(TakenInAs.NewCase, (await opened.Cases.TakeInAsync(Samples.Mail("m3", from: "eve@example.net"), "case-3", Samples.At, default)).As);
    }

    [Fact]
    public async Task Open_NoDatabase_IsRefusedWithASentence()
    {
        await File.WriteAllTextAsync(Db, string.Concat(Enumerable.Repeat("this is no database ", 500)));
        RecordsException refused = await Assert.ThrowsAsync<RecordsException>(OpenAsync);
        Assert.Contains(Db, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenForReading_WhileAnotherWrites_SeesWhatWasAcknowledged()
    {
        await using SqliteRecords writer = await OpenAsync();
        await using SqliteRecords reader = SqliteRecords.OpenForReading(Db);
        await writer.Audit.AppendAsync(Samples.Entry(), default);

        Assert.Equal(1, (await reader.Audit.VerifyAsync(default)).Records);
        await Assert.ThrowsAsync<RecordsException>(() => reader.Audit.AppendAsync(Samples.Entry(), default));
    }

    private Task<SqliteRecords> OpenAsync() => SqliteRecords.OpenAsync(Db, TimeProvider.System, default);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Db};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
