using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.TaskHub;

/// <summary>
/// Each row's hash is SHA-256 over the hash before it and the digest of its content.
/// The digest stands between so that a purged row can give up its content and keep its place in the chain.
/// </summary>
internal static class HashChain
{
    public const int Size = SHA256.HashSizeInBytes;

    public static readonly byte[] Origin = new byte[Size];

    public static void Digest(HistoryRow row, Span<byte> digest)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxLength(row));
        SHA256.HashData(buffer.AsSpan(0, Encode(row, buffer).End), digest);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Bytes that <see cref="Encode"/> takes at most.</summary>
    public static int MaxLength(HistoryRow row) => 32 + Length(row.Name) + Length(row.Payload) + Length(row.Reference) + 12;

    /// <summary>Writes what a row's digest is made of, and tells where its texts stand in it.</summary>
    public static EncodedRow Encode(HistoryRow row, Span<byte> content)
    {
        BinaryPrimitives.WriteInt64LittleEndian(content, row.Position);
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], row.Instance);
        BinaryPrimitives.WriteInt64LittleEndian(content[16..], row.Time.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(content[24..], (int)row.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(content[28..], row.TaskId ?? -1);
        int name = Write(content, 32, row.Name);
        int payload = Write(content, name, row.Payload);
        int reference = Write(content, payload, row.Reference);
        return new EncodedRow(36..name, (name + 4)..payload, (payload + 4)..reference, reference);
    }

    /// <summary>Of a row with <see cref="HistoryColumns.Names"/>, without making strings of its texts.</summary>
    public static void Digest(SqliteStatement row, Span<byte> digest)
    {
        ReadOnlySpan<byte> name = row.Blob(5), payload = row.Blob(6), reference = row.Blob(7);
        int size = 32 + name.Length + payload.Length + reference.Length + 12;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        Span<byte> content = buffer;
        BinaryPrimitives.WriteInt64LittleEndian(content, row.Int64(0));
        BinaryPrimitives.WriteInt64LittleEndian(content[8..], row.Int64(1));
        BinaryPrimitives.WriteInt64LittleEndian(content[16..], row.Int64(3));
        BinaryPrimitives.WriteInt32LittleEndian(content[24..], (int)row.Int64(2));
        BinaryPrimitives.WriteInt32LittleEndian(content[28..], row.Int32OrNull(4) ?? -1);
        int end = Write(content, 32, name, row.IsNull(5));
        end = Write(content, end, payload, row.IsNull(6));
        end = Write(content, end, reference, row.IsNull(7));
        SHA256.HashData(content[..end], digest);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public static void Link(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> digest, Span<byte> hash)
    {
        Span<byte> both = stackalloc byte[2 * Size];
        previous.CopyTo(both);
        digest.CopyTo(both[Size..]);
        SHA256.HashData(both, hash);
    }

    private static int Length(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length);

    private static int Write(Span<byte> content, int at, string? text)
    {
        int length = text is null ? -1 : Encoding.UTF8.GetBytes(text, content[(at + 4)..]);
        BinaryPrimitives.WriteInt32LittleEndian(content[at..], length);
        return at + 4 + Math.Max(0, length);
    }

    private static int Write(Span<byte> content, int at, ReadOnlySpan<byte> text, bool isNull)
    {
        BinaryPrimitives.WriteInt32LittleEndian(content[at..], isNull ? -1 : text.Length);
        text.CopyTo(content[(at + 4)..]);
        return at + 4 + text.Length;
    }
}

/// <summary>Where the UTF-8 of a row's texts stands; a text that is null takes nothing.</summary>
internal readonly record struct EncodedRow(Range Name, Range Payload, Range Reference, int End);
