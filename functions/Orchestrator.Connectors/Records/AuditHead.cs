using System.Globalization;
using System.Text;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Records;

/// <summary>
/// Sequence and hash of the newest acknowledged audit record, noted in a file beside the database, so that a cut tail is found: SQLite opens a damaged
/// write-ahead log without a word and drops its end. Two slots are written in turn, so that a torn write leaves the one before.
/// </summary>
internal sealed class AuditHead : IDisposable
{
    private const int SlotLength = 128;
    private readonly FileStream _file;
    private int _slot;

    private AuditHead(FileStream file) => _file = file;

    public static string PathBeside(string databasePath) => Path.ChangeExtension(databasePath, ".audit-head");

    /// <summary>Opens the file for noting; makes it when there is none.</summary>
    public static AuditHead Open(string path) => new(new FileStream(path, OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read)));

    /// <summary>The newest whole slot; null when the file is missing or holds none.</summary>
    public static (long Sequence, string Hash)? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> bytes = stackalloc byte[2 * SlotLength];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        (long Sequence, string Hash)? newest = null;
        for (int at = 0; at + SlotLength <= length; at += SlotLength)
        {
            if (Parse(Encoding.ASCII.GetString(bytes.Slice(at, SlotLength))) is { } slot && !(newest?.Sequence > slot.Sequence))
            {
                newest = slot;
            }
        }

        return newest;
    }

    /// <summary>Notes the head; once this returns it survives any crash.</summary>
    public void Note(long sequence, string hash)
    {
        string text = $"{sequence.ToString(CultureInfo.InvariantCulture)} {hash} ";
        byte[] slot = Encoding.ASCII.GetBytes($"{text}{CheckOf(text)}".PadRight(SlotLength - 1) + "\n");
        RandomAccess.Write(_file.SafeFileHandle, slot, _slot * SlotLength);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        _slot = 1 - _slot;
    }

    public void Dispose() => _file.Dispose();

    private static (long Sequence, string Hash)? Parse(string slot)
    {
        string[] parts = slot.TrimEnd().Split(' ');
        return parts.Length == 3
            && parts[2] == CheckOf($"{parts[0]} {parts[1]} ")
            && parts[1].Length == AuditChain.Genesis.Length
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? (sequence, parts[1])
            : null;
    }

    private static string CheckOf(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 8));
}
