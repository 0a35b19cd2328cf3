using System.Diagnostics;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>Percentiles in milliseconds.</summary>
internal sealed record Latencies(double P50, double P95, double P99)
{
    public static Latencies Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
    }

    /// <summary>Each percentile's median over the rounds.</summary>
    public static Latencies Median(IReadOnlyCollection<Latencies> rounds) =>
        new(Median(rounds.Select(round => round.P50)), Median(rounds.Select(round => round.P95)), Median(rounds.Select(round => round.P99)));

    public static double Median(IEnumerable<double> figures) => At([.. figures.Order()], 0.50);

    public static double Since(long began) => Stopwatch.GetElapsedTime(began).TotalMilliseconds;

    public Dictionary<string, double> ToReport() => new() { ["p50"] = Short(P50), ["p95"] = Short(P95), ["p99"] = Short(P99) };

    /// <summary>Three digits that matter.</summary>
    public static double Short(double figure) => figure is 0 or double.NaN ? 0 : Math.Round(figure, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(figure))), 0, 4));

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Max(0, Math.Ceiling(sorted.Length * share) - 1))];
}
