using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;

namespace Orchestrator.Connectors.Tests.Records;

/// <summary>What the audit log owes to its being a SQLite file with a head beside it.</summary>
public sealed class SqliteAuditFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Db => _folder.File("records.db");

    private string Head => _folder.File("records.audit-head");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE audit SET entry = '{}' WHERE sequence = 1")]
    [InlineData("DELETE FROM audit WHERE sequence = 1")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT sequence, case_id, '{}', previous_hash, hash FROM audit WHERE sequence = 1")]
    [InlineData("INSERT INTO audit VALUES (7, null, '{}', '', '')")]
    public async Task Table_AnyChangeByHand_IsRefused(string sql)
    {
        await WriteAsync(3);
        SqliteException refused = Assert.Throws<SqliteException>(() => Tamper(sql));
        Assert.Contains("audit log", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET entry = replace(entry, 'ch_1', 'ch_2') WHERE sequence = 3", 3)]
    [InlineData("UPDATE audit SET entry = 'rubbish' WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM audit WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3); UPDATE audit SET sequence = -sequence WHERE sequence < 0", 2)]
    public async Task Verify_AfterTampering_NamesTheRecord(string sql, long firstBad)
    {
        await WriteAsync(5);
        TamperWithoutTriggers(sql);

        AuditVerdict verdict = await SqliteRecords.OpenForReading(Db).Audit.VerifyAsync(default);

        Assert.Equal(firstBad, verdict.FirstBad);
    }

    [Fact]
    public async Task Open_TailCutOff_IsRefusedAndFound()
    {
        await WriteAsync(5);
        TamperWithoutTriggers("DELETE FROM audit WHERE sequence > 3");

        RecordsException refused = await Assert.ThrowsAsync<RecordsException>(OpenAsync);

        Assert.Contains("ends at audit record 3, but record 5 was acknowledged", refused.Message, StringComparison.Ordinal);
        await using SqliteRecords readable = SqliteRecords.OpenForReading(Db);
        Assert.Equal(4, (await readable.Audit.VerifyAsync(default)).FirstBad);
    }

    [Fact]
    public async Task Open_TailRewritten_IsRefused()
    {
        await WriteAsync(3);
        AuditRecord forged = AuditChain.Seal(3, (await ReadAsync())[1].Hash, Samples.Entry(outcome: "forged"));
        TamperWithoutTriggers($"UPDATE audit SET hash = '{forged.Hash}' WHERE sequence = 3");

        Assert.Contains("rewritten", (await Assert.ThrowsAsync<RecordsException>(OpenAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HeadBehindAfterACrash_GoesOn()
    {
        await WriteAsync(2);
        byte[] earlier = await File.ReadAllBytesAsync(Head);
        await WriteAsync(2);
        await File.WriteAllBytesAsync(Head, earlier);

        await using SqliteRecords records = await OpenAsync();

        Assert.True((await records.Audit.VerifyAsync(default)).Holds);
    }

    [Fact]
    public async Task Open_HeadMovedAway_PutsThatOnTheRecord()
    {
        await WriteAsync(2);
        File.Delete(Head);

        await using (await OpenAsync())
        {
        }

        AuditRecord last = (await ReadAsync())[^1];
        Assert.Equal("audit.head.renote", last.Entry.Tool);
        Assert.Equal("""{"log_ended_at":2}""", last.Entry.Arguments);
    }

    [Fact]
    public async Task Open_WriteAheadLogLost_IsRefused()
    {
        using var crashed = new TemporaryFolder();
        await using (SqliteRecords records = await OpenAsync())
        {
            await records.Audit.AppendAsync(Samples.Entry(), default);
            await records.Audit.AppendAsync(Samples.Entry(), default);
            foreach (string name in new[] { "records.db", "records.db-wal", "records.audit-head" })
            {
                File.Copy(_folder.File(name), crashed.File(name));
            }
        }

        using (FileStream wal = File.OpenWrite(crashed.File("records.db-wal")))
        {
            wal.SetLength(wal.Length - 4096);
        }

        RecordsException refused = await Assert.ThrowsAsync<RecordsException>(() => SqliteRecords.OpenAsync(crashed.File("records.db"), TimeProvider.System, default));
        Assert.Contains("was acknowledged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Head_TornSlot_LeavesTheOneBefore()
    {
        using (AuditHead head = AuditHead.Open(Head))
        {
            head.Note(1, new string('a', 64));
            head.Note(2, new string('b', 64));
        }

        using (FileStream file = File.OpenWrite(Head))
        {
            file.Position = 128 + 10;
            file.Write("torn"u8);
        }

        Assert.Equal((1, new string('a', 64)), AuditHead.Read(Head));
    }

    private Task<SqliteRecords> OpenAsync() => SqliteRecords.OpenAsync(Db, TimeProvider.System, default);

    private async Task WriteAsync(int count)
    {
        await using SqliteRecords records = await OpenAsync();
        for (int number = 0; number < count; number++)
        {
            await records.Audit.AppendAsync(Samples.Entry(), default);
        }
    }

    private async Task<List<AuditRecord>> ReadAsync()
    {
        await using SqliteRecords records = SqliteRecords.OpenForReading(Db);
        return await records.Audit.ReadAsync(null, default).ToListAsync();
    }

    private void TamperWithoutTriggers(string sql) =>
        Tamper($"DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_in_order; {sql}");

    private void Tamper(string sql)
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
