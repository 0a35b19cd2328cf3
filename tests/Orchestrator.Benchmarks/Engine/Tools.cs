namespace Orchestrator.Benchmarks.Engine;

internal static class Tools
{
    public static bool Has(string program) => Find(program) is not null;

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
