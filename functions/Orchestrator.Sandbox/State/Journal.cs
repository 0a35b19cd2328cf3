using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.State;

/// <summary>
/// What a stand-in remembers across a restart: one JSON line per fact, appended before the answer leaves.
/// Handed to the operating system, not synced: it survives the death of the process, which is what the
/// tests do to it. A torn last line is dropped.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream? _file;
    private readonly List<JsonObject> _past = [];

    /// <param name="path">The file, or null to remember nothing.</param>
    public Journal(string? path)
    {
        if (path is null)
        {
            return;
        }

        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = PrivateFile.Open(path);
        _file.SetLength(ReadPast(_file));
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>The facts that were there when the journal was opened, oldest first.</summary>
    public IReadOnlyList<JsonObject> Past => _past;

    public void Append(JsonObject fact)
    {
        if (_file is null)
        {
            return;
        }

        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(fact), (byte)'\n'];
        lock (_gate)
        {
            _file.Write(line);
        }
    }

    public void Dispose() => _file?.Dispose();

    private long ReadPast(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int start = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', start)) >= 0; start = end + 1)
        {
            _past.Add(JsonNode.Parse(bytes.AsSpan(start, end - start))!.AsObject());
        }

        return start;
    }
}
