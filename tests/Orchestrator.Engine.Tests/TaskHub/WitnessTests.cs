using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.TaskHub;

public sealed class WitnessTests : IDisposable
{
    private static readonly byte[] HubId = [.. Enumerable.Range(1, WitnessFormat.IdSize).Select(value => (byte)value)];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("witness-").FullName, "hub.db-witness");
    private Witness? _witness;
    private long _position;
    private long _commits;

    [Fact]
    public void Commits_ReadBack_GiveTheNewestMarkAndEveryRow()
    {
        Begin();
        Commit(Start(1, "case-1"), Row(1, HistoryKind.TaskScheduled));
        Commit(Start(2, "Ärger-2"));

        WitnessLog log = Read();
        Assert.Equal((2L, 3L, true), (log.Newest!.Value.Commit, log.Newest.Value.Position, log.Newest.Value.Hash.Span.SequenceEqual(Hash(3))));
        Assert.Equal(
            [new(1, 1, HistoryKind.ExecutionStarted, "case-1"), new(2, 1, HistoryKind.TaskScheduled, null), new(3, 2, HistoryKind.ExecutionStarted, "Ärger-2")],
            log.RowsAfter(0));
        Assert.Equal([2L, 3L], log.RowsAfter(1).Select(row => row.Position));
    }

    [Fact]
    public void TransactionThatFailed_LeavesNothingInTheNext()
    {
        Begin();
        _witness!.Note(Start(1, "rolled back"));
        _position = 0;
        _witness.Begin();
        Commit(Start(1, "case-1"));

        Assert.Equal("case-1", Assert.Single(Read().RowsAfter(0)).InstanceId);
    }

    [Fact]
    public void RecordTornAtAnyByte_LeavesTheOneBefore()
    {
        Begin();
        Commit(Start(1, "case-1"));
        Commit(Start(2, "case-2"));
        byte[] before = Bytes();
        Commit(Start(3, "case-3"));
        byte[] after = Bytes();
        int first = Enumerable.Range(0, after.Length).First(at => before[at] != after[at]);
        int last = Enumerable.Range(0, after.Length).Last(at => before[at] != after[at]);

        for (int cut = first; cut <= last; cut++)
        {
            byte[] torn = [.. after[..cut], .. before[cut..]];
            Assert.Equal(2, WitnessLog.Read(torn)!.Newest!.Value.Commit);
        }
    }

    [Fact]
    public void SegmentsWrittenRound_KeepAtLeastSixteenThousandRows_AndGoOnAfterAReopening()
    {
        Begin();
        for (int commit = 0; commit < 3_000; commit++)
        {
            Commit([.. Enumerable.Range(1, 20).Select(key => Start(key, $"case-{Guid.NewGuid()}"))]);
        }

        WitnessLog log = Read();
        _witness!.Dispose();
        _witness = Witness.Continue(FileDisk.Instance.OpenSide(_path), log);
        Commit(Row(7, HistoryKind.EventRaised));

        List<WitnessedRow> rows = [.. Read().RowsAfter(0)];
        Assert.Equal(60_001, rows[^1].Position);
        Assert.True(rows.Count >= 16_384, $"{rows.Count}");
        Assert.Equal(rows.Select(row => row.Position).Order(), rows.Select(row => row.Position));
        Assert.Equal(rows[^1].Position - rows.Count + 1, rows[0].Position);
        Assert.Equal(WitnessFormat.FileSize, new FileInfo(_path).Length);
    }

    [Fact]
    public void TransactionLargerThanASegment_KeepsItsLaterRows()
    {
        Begin();
        Commit([.. Enumerable.Range(1, 60_000).Select(key => Start(key, $"case-{key:D40}"))]);

        List<WitnessedRow> rows = [.. Read().RowsAfter(0)];
        Assert.Equal(60_000, rows[^1].Position);
        Assert.True(rows.Count >= 10_000, $"{rows.Count}");
        Assert.All(rows, row => Assert.Equal($"case-{row.Instance:D40}", row.InstanceId));
    }

    [Fact]
    public void CommitOfOneRow_AllocatesNothing()
    {
        Begin();
        HistoryRow row = Start(1, "case-1");
        _witness!.Note(row);
        _witness.Commit(new WitnessMark(1, 1, Hash(1)));
        byte[] hash = Hash(2);

        // What a commit allocates it allocates in each round; a collection or the compiler, which this thread may meet, not in all of them.
        long least = long.MaxValue;
        int commit = 2;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int last = commit + 100; commit < last; commit++)
            {
                _witness.Note(row);
                _witness.Commit(new WitnessMark(commit, commit, hash));
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least < 1_000, $"A hundred commits allocate {least} bytes.");
    }

    [Fact]
    public void DamagedHeader_OrAnotherLength_IsNoWitness()
    {
        Begin();
        byte[] file = Bytes();
        Assert.NotNull(WitnessLog.Read(file));
        file[10] ^= 1;
        Assert.Null(WitnessLog.Read(file));
        Assert.Null(WitnessLog.Read([]));
    }

    public void Dispose()
    {
        _witness?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }

    private void Begin() => _witness = Witness.Fresh(FileDisk.Instance.OpenSide(_path), HubId, new WitnessMark(0, 0, HashChain.Origin));

    private void Commit(params ReadOnlySpan<HistoryRow> rows)
    {
        foreach (HistoryRow row in rows)
        {
            _witness!.Note(row);
        }

        _witness!.Commit(new WitnessMark(++_commits, _position, Hash(_position)));
    }

    private HistoryRow Start(long instance, string id) => Row(instance, HistoryKind.ExecutionStarted) with { Reference = id };

    private HistoryRow Row(long instance, HistoryKind kind) => new(++_position, instance, kind, default, null, null, null, "not an id");

    private static byte[] Hash(long position) => [.. Enumerable.Repeat((byte)position, HashChain.Size)];

    private byte[] Bytes()
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private WitnessLog Read() => WitnessLog.Read(Bytes())!;
}
