using System.Globalization;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>The refund shape on our engine, as one object. Fields are the peers' too, so that they compare.</summary>
internal static class RefundShapeBenchmark
{
    public const int WarmUp = 200;

    public static async Task<Dictionary<string, object?>> MeasureAsync(int instances, int inFlight, int rounds, string? under = null)
    {
        using Scratch scratch = new(under);
        Dictionary<string, object?> machine = Disk.Describe(scratch.Path);
        Progress.Say($"refund-shape: warming up with {WarmUp}");
        await ShapeRound.WarmUpAsync(scratch.NewFolder(), WarmUp, inFlight);
        List<ShapeRound> done = [];
        for (int i = 1; i <= rounds; i++)
        {
            done.Add(await ShapeRound.RunAsync(scratch.NewFolder(), instances, inFlight));
            Progress.Say(string.Create(CultureInfo.InvariantCulture, $"refund-shape: round {i} of {rounds}: {done[^1].PerSecond:F0}/s"));
        }

        TracedRound? traced = await TracedRound.RunOursAsync(scratch.NewFolder(), instances, inFlight);
        return Report(done, traced, machine);
    }

    public static Dictionary<string, object?> Report(IReadOnlyList<ShapeRound> rounds, TracedRound? traced, Dictionary<string, object?>? machine)
    {
        Dictionary<string, object?> report = new()
        {
            ["instances"] = rounds[0].Instances,
            ["in_flight"] = rounds[0].InFlight,
            ["rounds"] = rounds.Count,
            ["overall_per_s"] = Latencies.Short(Latencies.Median(rounds.Select(round => round.PerSecond))),
            ["overall_per_s_range"] = (double[])[Latencies.Short(rounds.Min(round => round.PerSecond)), Latencies.Short(rounds.Max(round => round.PerSecond))],
            ["event_to_completed_ms"] = rounds[0].EventToCompleted.Keys.Order().ToDictionary(
                key => key.ToString(CultureInfo.InvariantCulture),
                key => Latencies.Median([.. rounds.Select(round => round.EventToCompleted[key])]).ToReport()),
            ["rss_parked_mb"] = Latencies.Short(Latencies.Median(rounds.Select(round => round.RssParkedMb))),
            ["fdatasync_per_orchestration"] = traced?.SyncsPerInstance,
            ["acknowledged_groups"] = rounds[0].Groups is null ? null : (long)Latencies.Median(rounds.Select(round => (double)round.Groups!)),
            ["traced"] = traced is null ? null : new Dictionary<string, object?> { ["instances"] = traced.Round.Instances, ["acknowledged_groups"] = traced.Round.Groups, ["fdatasync"] = traced.Syncs },
            ["wrong_results"] = rounds.Sum(round => round.WrongResults) + (traced?.Round.WrongResults ?? 0),
        };
        if (machine is not null)
        {
            report["machine"] = machine;
        }

        return report;
    }
}
