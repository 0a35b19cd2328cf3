namespace Orchestrator.Benchmarks.Engine;

/// <summary>Standard error: standard output has the figures alone.</summary>
internal static class Progress
{
    public static void Say(string line) => Console.Error.WriteLine(line);
}
