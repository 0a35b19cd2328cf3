namespace Orchestrator.Benchmarks.Engine.Growth;

/// <summary>Which figures are drawn, and under which words.</summary>
internal static class GrowthChart
{
    private const string Instances = "instances";
    private const string Waiting = "waiting instances";

    public static Chart Of(IReadOnlyList<Size> sizes, IReadOnlyDictionary<int, Latencies> replays, string machine) => new(
        "How the embedded engine grows",
        $"Every commit synced, hash chain on. Measured on {machine}.",
        [
            new("Orchestrations, 64 in flight", Instances, "/s", [Line("overall", sizes, size => size.Of(round => round.PerSecond))]),
            new("Event to completed, 64 in flight", Instances, "ms",
                [Line("p50", sizes, size => size.Of(round => Many(round).P50)), Line("p99", sizes, size => size.Of(round => Many(round).P99)), Line("p50 alone", sizes, size => size.Of(round => round.EventToCompleted[1].P50))]),
            new("Memory", Waiting, "MB", [Line("waiting", sizes, size => size.Of(round => round.RssParkedMb)), Line("restarted", sizes, size => size.Restarted(restart => restart.RssMb))]),
            new("Restart after kill -9, from process start", Waiting, "s", [Line("ready", sizes, size => size.Restarted(restart => restart.Ready)), Line("first end", sizes, size => size.Restarted(restart => restart.FirstCompletion))]),
            new("Event for an instance not in memory", "rows of its history", "ms",
                [new("p50", [.. replays.OrderBy(one => one.Key).Select(one => ((double)one.Key, one.Value.P50))])]),
            new("Files on disk", Waiting, "MB", [Line("hub", sizes, size => size.Restarted(restart => restart.FileMb))]),
        ]);

    private static Latencies Many(ShapeRound round) => round.EventToCompleted[round.InFlight];

    private static Series Line(string label, IReadOnlyList<Size> sizes, Func<Size, double> figure) => new(label, [.. sizes.Select(size => ((double)size.Instances, figure(size)))]);
}
