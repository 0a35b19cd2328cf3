using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Orchestrator.Engine.TaskHub;

/// <summary>
/// The witness file: a header with the hub's id, then two segments of one size. A record is what one commit wrote: its number, the head it led to,
/// and its rows. Records of even numbers go round in one segment and odd ones in the other, so that a torn write never touches the record before.
/// All of it is laid out once, so that a flush carries no change of length or of blocks.
/// </summary>
internal static class WitnessFormat
{
    public const int HeaderSize = 4_096;

    /// <summary>Two of them hold 27,000 commits of one row each, and many more rows where commits are shared.</summary>
    public const int SegmentSize = 1_310_720;

    public const int FileSize = HeaderSize + (2 * SegmentSize);

    public const int IdSize = 16;

    /// <summary>Number, length, position, hash, count and checksum; the checksum covers the hub's id too, so that another hub's record is none.</summary>
    public const int RecordHeader = 68;

    /// <summary>Records begin at multiples of it.</summary>
    public const int Alignment = 16;

    /// <summary>Instance key, kind, and length of the instance id.</summary>
    public const int EntryHeader = 11;

    private const uint RecordMagic = 0x57495431;
    private const int ChecksumAt = 60;
    private const int ChecksumSize = 8;

    private static ReadOnlySpan<byte> HeaderMagic => "ORCHWIT1"u8;

    public static long SegmentStart(long number) => HeaderSize + ((number & 1) * SegmentSize);

    public static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    public static byte[] Empty(ReadOnlySpan<byte> hubId)
    {
        byte[] file = new byte[FileSize];
        HeaderMagic.CopyTo(file);
        hubId.CopyTo(file.AsSpan(HeaderMagic.Length));
        Checksum(file.AsSpan(0, HeaderMagic.Length + IdSize), file.AsSpan(HeaderMagic.Length + IdSize, ChecksumSize));
        return file;
    }

    /// <summary>The hub's id; null when this is no witness, or a damaged one.</summary>
    public static byte[]? HubId(ReadOnlySpan<byte> file)
    {
        int covered = HeaderMagic.Length + IdSize;
        if (file.Length != FileSize || !file.StartsWith(HeaderMagic))
        {
            return null;
        }

        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Checksum(file[..covered], checksum);
        return checksum.SequenceEqual(file.Slice(covered, ChecksumSize)) ? file[HeaderMagic.Length..covered].ToArray() : null;
    }

    /// <param name="framed">The hub's id and behind it the record with its entries.</param>
    public static void Seal(Span<byte> framed, WitnessMark mark, int entries)
    {
        Span<byte> record = framed[IdSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(record, RecordMagic);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], record.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], mark.Commit);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], mark.Position);
        mark.Hash.Span.CopyTo(record[24..]);
        BinaryPrimitives.WriteInt32LittleEndian(record[56..], entries);
        record.Slice(ChecksumAt, ChecksumSize).Clear();
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Checksum(framed, checksum);
        checksum.CopyTo(record[ChecksumAt..]);
    }

    /// <summary>Length of the record that begins here, or 0 when none does.</summary>
    public static int LengthAt(ReadOnlySpan<byte> segment, int at)
    {
        if (segment.Length - at < RecordHeader || BinaryPrimitives.ReadUInt32LittleEndian(segment[at..]) != RecordMagic)
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(segment[(at + 4)..]);
        return length < RecordHeader || length > segment.Length - at ? 0 : length;
    }

    public static bool IsWhole(ReadOnlySpan<byte> hubId, ReadOnlySpan<byte> record)
    {
        byte[] framed = new byte[IdSize + record.Length];
        hubId.CopyTo(framed);
        record.CopyTo(framed.AsSpan(IdSize));
        framed.AsSpan(IdSize + ChecksumAt, ChecksumSize).Clear();
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Checksum(framed, checksum);
        return checksum.SequenceEqual(record.Slice(ChecksumAt, ChecksumSize));
    }

    public static (WitnessMark Mark, int Entries) Read(ReadOnlySpan<byte> record) => (
        new WitnessMark(
            BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
            record.Slice(24, HashChain.Size).ToArray()),
        BinaryPrimitives.ReadInt32LittleEndian(record[56..]));

    private static void Checksum(ReadOnlySpan<byte> bytes, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[HashChain.Size];
        SHA256.HashData(bytes, hash);
        hash[..ChecksumSize].CopyTo(checksum);
    }
}

/// <summary>Where history stood after a commit.</summary>
/// <param name="Commit">Number of the commits that wrote history.</param>
/// <param name="Position">Of the last row.</param>
/// <param name="Hash">Of the last row.</param>
internal readonly record struct WitnessMark(long Commit, long Position, ReadOnlyMemory<byte> Hash);
