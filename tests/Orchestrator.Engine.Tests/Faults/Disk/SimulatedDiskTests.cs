using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Engine.Tests.Faults.Disk;

public sealed class SimulatedDiskTests
{
    private const string Setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB);";

    [Theory]
    [InlineData("WAL", 1)]
    [InlineData("DELETE", 2)]
    public void Database_AfterARandomWorkload_IsSoundAndHoldsWhatWasWritten(string journal, int seed)
    {
        Random random = new(seed);
        Dictionary<long, long> model = [];
        using SimulatedDisk disk = new();
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
        database.Execute($"PRAGMA journal_mode = {journal}; PRAGMA cache_size = 10; PRAGMA wal_autocheckpoint = 20; CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB);");
        for (int round = 0; round < 300; round++)
        {
            long key = random.Next(60);
            int size = random.Next(1, 9_000);
            bool keep = random.Next(4) > 0;
            database.Execute($"BEGIN; INSERT INTO t VALUES ({key}, zeroblob({size})) ON CONFLICT (k) DO UPDATE SET v = excluded.v; DELETE FROM t WHERE k = {key - 7}; {(keep ? "COMMIT" : "ROLLBACK")}");
            if (keep)
            {
                model[key] = size;
                model.Remove(key - 7);
            }
        }

        using SqliteDatabase reader = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);
        Assert.Equal("ok", Text(reader, "PRAGMA integrity_check"));
        Assert.Equal(model.Count, reader.Scalar("SELECT count(*) FROM t"));
        Assert.All(model, row => Assert.Equal(row.Value, reader.Scalar($"SELECT length(v) FROM t WHERE k = {row.Key}")));
    }

    [Fact]
    public void Reader_BesideAWriter_SeesWhatIsCommittedAndItsSnapshot()
    {
        using SimulatedDisk disk = new();
        using SqliteDatabase writer = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
        writer.Execute(Setup);
        using SqliteDatabase reader = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);
        using SqliteDatabase late = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);

        reader.Execute("BEGIN");
        Assert.Equal(0, reader.Scalar("SELECT count(*) FROM t"));
        writer.Execute("INSERT INTO t VALUES (1, NULL)");
        writer.Execute("BEGIN; INSERT INTO t VALUES (2, NULL)");
        Assert.Equal(0, reader.Scalar("SELECT count(*) FROM t"));
        Assert.Equal(1, late.Scalar("SELECT count(*) FROM t"));
        Assert.Throws<SqliteFailure>(() => late.Execute("INSERT INTO t VALUES (3, NULL)"));
        reader.Execute("COMMIT");
        writer.Execute("COMMIT");
        Assert.Equal(2, reader.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Commit_ThatWasSynced_SurvivesEveryLossOfPower()
    {
        int dropped = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            using SimulatedDisk disk = new();
            long committed = -1, begun = 0;
            disk.CrashAfter(random.Next(20, 400));
            Assert.ThrowsAny<SqliteFailure>(() => Fill(disk, ref committed, ref begun));

            disk.LosePower(random);
            disk.Boot();
            using SqliteDatabase database = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
            Assert.Equal("ok", Text(database, "PRAGMA integrity_check"));
            long there = committed < 0 ? 0 : database.Scalar("SELECT count(*) FROM t");
            Assert.True(there >= committed && there <= begun, $"Seed {seed}: {committed} were committed and {there} are there.");
            dropped += there < begun ? 1 : 0;
        }

        Assert.InRange(dropped, 1, 299);
    }

    [Fact]
    public void Commit_WithoutASync_IsLostWithPowerAndKeptWithoutIt()
    {
        int lost = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            using SimulatedDisk disk = new();
            using (SqliteDatabase writer = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs))
            {
                writer.Execute(Setup);
                writer.Execute("PRAGMA synchronous = OFF; INSERT INTO t VALUES (1, NULL)");
                disk.Crash();
            }

            if (seed >= 25)
            {
                disk.LosePower(new Random(seed));
            }

            disk.Boot();
            bool there = Count(disk) == 1;
            Assert.True(there || seed >= 25);
            lost += there ? 0 : 1;
        }

        Assert.InRange(lost, 1, 24);
    }

    [Fact]
    public void Sync_ThatFailed_LosesItsWritesEvenIfTheNextOneIsAnswered()
    {
        using SimulatedDisk disk = new();
        using SqliteDatabase writer = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
        writer.Execute(Setup);
        disk.FailSyncAfter(0);
        SqliteFailure failure = Assert.Throws<SqliteFailure>(() => writer.Execute("INSERT INTO t VALUES (1, zeroblob(9000))"));
        Assert.Equal(SQLitePCL.raw.SQLITE_IOERR_FSYNC, failure.Code);

        disk.Crash();
        disk.Boot(dropCache: true);
        Assert.Equal(0, Count(disk));
    }

    [Fact]
    public void FullDisk_RefusesGrowthAndGoesOnWithSpace()
    {
        using SimulatedDisk disk = new();
        using SqliteDatabase writer = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
        writer.Execute(Setup);
        disk.FillUp(bytesLeft: 10_000);
        Assert.True(Assert.Throws<SqliteFailure>(() => writer.Execute("INSERT INTO t VALUES (1, zeroblob(90000))")).IsDiskFull);
        disk.MakeSpace();
        writer.Execute("INSERT INTO t VALUES (1, zeroblob(90000))");
        Assert.Equal(90_000, writer.Scalar("SELECT length(v) FROM t"));
    }

    private static void Fill(SimulatedDisk disk, ref long committed, ref long begun)
    {
        using SqliteDatabase writer = SqliteDatabase.OpenForWriting(disk.HubPath, disk.Vfs);
        writer.Execute("PRAGMA wal_autocheckpoint = 10; " + Setup);
        committed = 0;
        while (true)
        {
            begun++;
            writer.Execute($"INSERT INTO t VALUES ({begun}, zeroblob({begun * 397 % 6000}))");
            committed++;
        }
    }

    private static long Count(SimulatedDisk disk)
    {
        using SqliteDatabase reader = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);
        return reader.Scalar("SELECT count(*) FROM t");
    }

    private static string Text(SqliteDatabase database, string sql)
    {
        SqliteStatement statement = database.Prepare(sql);
        statement.Step();
        string text = statement.Text(0);
        statement.Close();
        return text;
    }
}
