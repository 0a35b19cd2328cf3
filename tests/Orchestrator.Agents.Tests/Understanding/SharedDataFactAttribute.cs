namespace Orchestrator.Agents.Tests.Understanding;

/// <summary>A test against data that is measured and never copied; skipped where the data is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string file)
    {
        File = file;
        if (!System.IO.File.Exists(TestFiles.Shared(file)))
        {
            Skip = $"Not measured: data not at hand ({file}).";
        }
    }

    public string File { get; }
}

internal static class TestFiles
{
    private static readonly string Root = FindRoot();

    public static string Golden(string file) => Path.Combine(Root, "tests", "Golden", file);

    public static string Shared(string file) => Path.Combine(Root, "..", "shared", "data", file);

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Orchestrator.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Orchestrator.sln is in no folder above the tests.");
    }
}
