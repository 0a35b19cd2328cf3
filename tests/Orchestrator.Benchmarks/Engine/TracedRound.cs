using System.Globalization;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>A round whose syncs the system counted, from the first start to the last completion. Tracing slows it, so its times are not used.</summary>
internal sealed record TracedRound(ShapeRound Round, int Syncs)
{
    public double SyncsPerInstance => Latencies.Short((double)Syncs / Round.Instances);

    /// <summary>Null where strace is not there or may not trace.</summary>
    public static Task<TracedRound?> RunOursAsync(string folder, int instances, int inFlight) =>
        RunAsync(folder, ["dotnet", ChildRound.Assembly, .. ChildRound.Arguments(folder, instances, inFlight, warmUp: 0)]);

    public static async Task<TracedRound?> RunAsync(string folder, IReadOnlyList<string> command)
    {
        if (!Tools.Has("strace"))
        {
            Progress.Say("syncs are not counted: strace is not installed.");
            return null;
        }

        Progress.Say("counting syncs in a round under strace");
        string log = Path.Combine(folder, "strace.log");
        try
        {
            ShapeRound round = await ChildRound.RunAsync(["strace", "-f", "--seccomp-bpf", "-ttt", "-e", "trace=fdatasync,fsync", "-o", log, .. command]);
            return new(round, CountSyncs(log, round));
        }
        catch (ChildFailedException failure)
        {
            Progress.Say($"syncs are not counted: {failure.Message}");
            return null;
        }
    }

    private static int CountSyncs(string log, ShapeRound round) => File.ReadLines(log).Count(line => IsSync(line, round));

    /// <summary>Lines are "PID TIME fdatasync(17) = 0", or cut in two by another thread's, the second half without the parenthesis.</summary>
    private static bool IsSync(string line, ShapeRound round)
    {
        string[] parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3
            && (parts[2].StartsWith("fdatasync(", StringComparison.Ordinal) || parts[2].StartsWith("fsync(", StringComparison.Ordinal))
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out double time)
            && time >= round.Began && time <= round.Ended;
    }
}
