namespace Orchestrator.Infra.Tests.Compiled;

/// <summary>A copy of what the compiler reads, for what writes beside it.</summary>
internal sealed class InfraCopy : IDisposable
{
    public InfraCopy()
    {
        foreach (string file in Files)
        {
            string target = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Infra.Folder, file), target);
        }
    }

    public static IReadOnlyList<string> Files { get; } = [.. Infra.Files.Keys, "main.bicepparam", "bicepconfig.json"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("bicep-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
