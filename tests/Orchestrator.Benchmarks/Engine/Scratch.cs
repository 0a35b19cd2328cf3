using System.Globalization;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>A folder that is gone afterwards, with a new one in it for each round.</summary>
/// <param name="under">Where to make it: the disk that is measured. The system's temporary folder when null.</param>
internal sealed class Scratch(string? under = null) : IDisposable
{
    private int _folders;

    public string Path { get; } = under is null
        ? Directory.CreateTempSubdirectory("orchestrator-bench-").FullName
        : Directory.CreateDirectory(System.IO.Path.Combine(under, "orchestrator-bench-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture))).FullName;

    public string NewFolder() => Directory.CreateDirectory(System.IO.Path.Combine(Path, (++_folders).ToString(CultureInfo.InvariantCulture))).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
