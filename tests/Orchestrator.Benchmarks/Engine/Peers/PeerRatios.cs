using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Peers;

/// <summary>Ours divided by theirs: medians of rounds that were taken in turns.</summary>
internal static class PeerRatios
{
    public static Dictionary<string, object?> Of(IReadOnlyList<ShapeRound> ours, IReadOnlyList<ShapeRound> theirs, TracedRound? ourSyncs, TracedRound? theirSyncs) => new()
    {
        ["overall_per_s"] = Ratio(ours, theirs, round => round.PerSecond),
        ["event_to_completed_ms"] = ours[0].EventToCompleted.Keys.Order().ToDictionary(
            inFlight => inFlight.ToString(CultureInfo.InvariantCulture),
            inFlight => new Dictionary<string, double>
            {
                ["p50"] = Ratio(ours, theirs, round => round.EventToCompleted[inFlight].P50),
                ["p95"] = Ratio(ours, theirs, round => round.EventToCompleted[inFlight].P95),
                ["p99"] = Ratio(ours, theirs, round => round.EventToCompleted[inFlight].P99),
            }),
        ["rss_parked_mb"] = Ratio(ours, theirs, round => round.RssParkedMb),
        ["fdatasync_per_orchestration"] = ourSyncs is null || theirSyncs is null ? null : Latencies.Short(ourSyncs.SyncsPerInstance / theirSyncs.SyncsPerInstance),
    };

    private static double Ratio(IReadOnlyList<ShapeRound> ours, IReadOnlyList<ShapeRound> theirs, Func<ShapeRound, double> figure) =>
        Latencies.Short(Latencies.Median(ours.Select(figure)) / Latencies.Median(theirs.Select(figure)));
}
