using System.Text;

namespace Orchestrator.Torture.Victims;

/// <summary>
/// The world's own memory of what was done to it: one line per act, appended before the act returns. It outlives the process that wrote it, and a kill leaves no half line:
/// every line has the same length and a page holds a whole number of them.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private const int LineSize = 128;

    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public Ledger(string path)
    {
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Once this returns the line outlives the process.</summary>
    public void Append(string line)
    {
        if (line.Length > LineSize - 1)
        {
            throw new ArgumentException($"A line of the ledger has at most {LineSize - 1} characters: '{line}'.", nameof(line));
        }

        byte[] bytes = Encoding.ASCII.GetBytes(line.PadRight(LineSize - 1) + "\n");
        lock (_gate)
        {
            _file.Write(bytes);
        }
    }

    /// <summary>The lines after the first <paramref name="skip"/>, also while they are being written.</summary>
    public static IReadOnlyList<string> Read(string path, int skip = 0)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        long size = file.Length - (file.Length % LineSize);
        byte[] bytes = new byte[Math.Max(0, size - ((long)skip * LineSize))];
        file.Seek((long)skip * LineSize, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        return [.. Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }

    public void Dispose() => _file.Dispose();
}
