using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Engine.TaskHub;

/// <summary>
/// Writes down, outside SQLite's files, how far history had come, before anybody is told. SQLite takes a damaged log for a shorter one without a word;
/// this is what tells that rows are gone, and whose. It follows the store and is never ahead of what the store has synced.
/// </summary>
/// <remarks>Lives on the writer's thread. One write and one flush for a commit, and no allocation.</remarks>
internal sealed class Witness : IDisposable
{
    private readonly ISideFile _file;
    private readonly long[] _next = [WitnessFormat.SegmentStart(0), WitnessFormat.SegmentStart(1)];
    private byte[] _buffer = new byte[16 * 1_024];
    private int _end;
    private int _entries;

    private Witness(ISideFile file, ReadOnlySpan<byte> hubId)
    {
        _file = file;
        hubId.CopyTo(_buffer);
        Begin();
    }

    /// <summary>Goes on with the witness of this hub.</summary>
    public static Witness Continue(ISideFile file, WitnessLog log)
    {
        Witness witness = new(file, log.HubId);
        witness._next[0] = log.End(0);
        witness._next[1] = log.End(1);
        return witness;
    }

    /// <summary>Begins anew, whatever the file held, with what the hub says of itself.</summary>
    public static Witness Fresh(ISideFile file, ReadOnlySpan<byte> hubId, WitnessMark mark)
    {
        file.SetLength(0);
        file.Write(0, WitnessFormat.Empty(hubId));
        Witness witness = new(file, hubId);
        witness.Commit(mark);
        return witness;
    }

    /// <summary>A transaction begins; what was noted of the one before, if it came to nothing, is forgotten.</summary>
    public void Begin() => (_end, _entries) = (WitnessFormat.IdSize + WitnessFormat.RecordHeader, 0);

    public void Note(HistoryRow row)
    {
        string? id = row.Kind == HistoryKind.ExecutionStarted ? row.Reference : null;
        Reserve(WitnessFormat.EntryHeader + (id is null ? 0 : Encoding.UTF8.GetMaxByteCount(id.Length)));
        Span<byte> entry = _buffer.AsSpan(_end);
        int idLength = id is null ? 0 : Encoding.UTF8.GetBytes(id, entry[WitnessFormat.EntryHeader..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry, row.Instance);
        entry[8] = (byte)row.Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[9..], (ushort)idLength);
        _end += WitnessFormat.EntryHeader + idLength;
        _entries++;
    }

    /// <summary>The store has synced the transaction. When this returns, the mark is durable too.</summary>
    public void Commit(WitnessMark mark)
    {
        Span<byte> framed = _buffer.AsSpan(0, _end);
        WitnessFormat.Seal(framed, mark, _entries);
        ReadOnlySpan<byte> record = framed[WitnessFormat.IdSize..];
        ref long next = ref _next[mark.Commit & 1];
        long start = WitnessFormat.SegmentStart(mark.Commit);
        if (next + record.Length > start + WitnessFormat.SegmentSize)
        {
            next = start;
        }

        _file.Write(next, record);
        _file.Flush();
        next += WitnessFormat.Padded(record.Length);
        Begin();
    }

    public void Dispose() => _file.Dispose();

    private void Reserve(int size)
    {
        if (_end + size <= _buffer.Length)
        {
            return;
        }

        if (_end + size > WitnessFormat.IdSize + WitnessFormat.SegmentSize)
        {
            DropOlderHalf();
        }
        else
        {
            Array.Resize(ref _buffer, Math.Min(WitnessFormat.IdSize + WitnessFormat.SegmentSize, Math.Max(_buffer.Length * 2, _end + size)));
        }
    }

    /// <summary>A transaction larger than a segment: its later rows are the ones whose loss is likelier.</summary>
    private void DropOlderHalf()
    {
        int first = WitnessFormat.IdSize + WitnessFormat.RecordHeader;
        int at = first;
        while (at < (first + _end) / 2)
        {
            at += WitnessFormat.EntryHeader + BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(at + 9));
            _entries--;
        }

        _buffer.AsSpan(at, _end - at).CopyTo(_buffer.AsSpan(first));
        _end -= at - first;
    }
}
