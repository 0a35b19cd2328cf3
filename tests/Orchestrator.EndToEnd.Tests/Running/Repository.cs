namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>Where the built product lies, in the configuration of these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Head { get; } = Built("functions", "Orchestrator.Local", "orchestrator.dll");

    public static string Sandbox { get; } = Built("functions", "Orchestrator.Sandbox", "Orchestrator.Sandbox.dll");

    /// <summary>A new folder that nobody else uses.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("orchestrator-test-").FullName;

    /// <param name="under">The folder of the root that the project lies in.</param>
    public static string Built(string under, string project, string assembly)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string path = Path.Combine(Root, under, project, "bin", configuration, "net10.0", assembly);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build first: {path} is not there.");
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Orchestrator.sln is in no folder above the tests.");
    }
}
