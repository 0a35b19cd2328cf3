namespace Orchestrator.Infra.Tests;

/// <summary>The folder <c>infra/</c> as text.</summary>
internal static class Infra
{
    private static readonly string Repository = Find();

    public static string Folder { get; } = Path.Combine(Repository, "infra");

    /// <summary>Every Bicep file, by its path from the folder, such as <c>modules/vault.bicep</c>.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'), File.ReadAllText);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>A file at the top of the repository.</summary>
    public static string ReadAbove(string file) => File.ReadAllText(Path.Combine(Repository, file));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Orchestrator.sln is in no folder above the tests.");
    }
}
