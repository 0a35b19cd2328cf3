using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Engine.TaskHub;

/// <summary>What a witness file says: whose it is, the marks it still holds, and the rows behind them.</summary>
internal sealed class WitnessLog
{
    private readonly byte[] _file;
    private readonly List<Record> _records = [];

    private WitnessLog(byte[] file, byte[] hubId)
    {
        _file = file;
        HubId = hubId;
        ReadSegment(WitnessFormat.SegmentStart(0));
        ReadSegment(WitnessFormat.SegmentStart(1));
        _records.Sort((left, right) => right.Mark.Commit.CompareTo(left.Mark.Commit));
    }

    public byte[] HubId { get; }

    /// <summary>Newest first.</summary>
    public IEnumerable<WitnessMark> Marks => _records.Select(record => record.Mark);

    public WitnessMark? Newest => _records.Count > 0 ? _records[0].Mark : null;

    /// <summary>Null when this is no whole witness.</summary>
    public static WitnessLog? Read(byte[] file) => WitnessFormat.HubId(file) is { } id ? new WitnessLog(file, id) : null;

    /// <summary>Where the next record of a commit's segment goes, if it fits.</summary>
    public long End(long commit)
    {
        long start = WitnessFormat.SegmentStart(commit);
        return _records.Where(record => WitnessFormat.SegmentStart(record.Mark.Commit) == start)
            .Select(record => record.Offset + WitnessFormat.Padded(record.Length)).FirstOrDefault(start);
    }

    /// <summary>The rows after a position that are still known, in order; older ones have been written over.</summary>
    public IEnumerable<WitnessedRow> RowsAfter(long position) => _records
        .Where(record => record.Mark.Position > position)
        .Reverse()
        .SelectMany(Rows)
        .Where(row => row.Position > position);

    private List<WitnessedRow> Rows(Record record)
    {
        ReadOnlySpan<byte> bytes = _file.AsSpan((int)record.Offset, record.Length);
        int at = WitnessFormat.RecordHeader;
        List<WitnessedRow> rows = new(record.Entries);
        for (long position = record.Mark.Position - record.Entries + 1; position <= record.Mark.Position; position++)
        {
            int idLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 9)..]);
            int end = at + WitnessFormat.EntryHeader;
            rows.Add(new WitnessedRow(
                position,
                BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]),
                (HistoryKind)bytes[at + 8],
                idLength == 0 ? null : Encoding.UTF8.GetString(bytes.Slice(end, idLength))));
            at = end + idLength;
        }

        return rows;
    }

    private void ReadSegment(long start)
    {
        ReadOnlySpan<byte> segment = _file.AsSpan((int)start, WitnessFormat.SegmentSize);
        for (int at = 0; at < segment.Length;)
        {
            int length = WitnessFormat.LengthAt(segment, at);
            if (length > 0 && WitnessFormat.IsWhole(HubId, segment.Slice(at, length)))
            {
                (WitnessMark mark, int entries) = WitnessFormat.Read(segment.Slice(at, length));
                _records.Add(new Record(start + at, length, mark, entries));
                at += WitnessFormat.Padded(length);
            }
            else
            {
                at += WitnessFormat.Alignment;
            }
        }
    }

    private sealed record Record(long Offset, int Length, WitnessMark Mark, int Entries);
}

/// <param name="InstanceId">Of a start; null otherwise.</param>
internal sealed record WitnessedRow(long Position, long Instance, HistoryKind Kind, string? InstanceId);
