using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Growth;

/// <summary>The figures of the other verbs at 10, 100, … instances and rows of history, as an object and as a chart.</summary>
internal static class GrowthBenchmark
{
    private const int InFlight = 64;

    public static async Task<Dictionary<string, object?>> MeasureAsync(int instances, int rows, FileInfo? chart, string? under)
    {
        using Scratch scratch = new(under);
        Dictionary<string, object?> machine = Disk.Describe(scratch.Path);
        List<Size> sizes = [];
        foreach (int count in ReplayBenchmark.Lengths(instances))
        {
            sizes.Add(await MeasureAsync(scratch, count));
        }

        (IReadOnlyDictionary<int, Latencies> replays, int wrong) = await ReplayBenchmark.RunAsync(scratch.NewFolder(), ReplayBenchmark.Lengths(rows));
        if (chart is not null)
        {
            await File.WriteAllTextAsync(chart.FullName, ChartSvg.Draw(GrowthChart.Of(sizes, replays, Disk.Caption(machine))));
            Progress.Say($"growth: drawn to {chart.FullName}");
        }

        return new()
        {
            ["by_instances"] = sizes.ToDictionary(size => Name(size.Instances), size => Report(size)),
            ["replay_ms_by_rows"] = replays.ToDictionary(one => Name(one.Key), one => one.Value.ToReport()),
            ["wrong_results"] = wrong + sizes.Sum(size => size.Rounds.Sum(round => round.WrongResults) + size.Restarts.Sum(restart => restart.WrongResults)),
            ["machine"] = machine,
        };
    }

    private static async Task<Size> MeasureAsync(Scratch scratch, int count)
    {
        // A few instances are over in milliseconds, so one round of them says little.
        int times = count <= 1_000 ? 5 : 1;
        List<ShapeRound> rounds = [];
        List<Restart> restarts = [];
        for (int i = 0; i < times; i++)
        {
            string folder = scratch.NewFolder();
            rounds.Add(await ChildRound.RunAsync(["dotnet", ChildRound.Assembly, .. ChildRound.Arguments(folder, count, InFlight, RefundShapeBenchmark.WarmUp)]));
            Progress.Say(string.Create(CultureInfo.InvariantCulture, $"growth: {count} instances, round {i + 1} of {times}: {rounds[^1].PerSecond:F0}/s"));
            restarts.Add(await ParkedBenchmark.RunAsync(scratch.NewFolder(), count));
        }

        return new(count, rounds, restarts);
    }

    private static Dictionary<string, object?> Report(Size size)
    {
        Dictionary<string, object?> report = RefundShapeBenchmark.Report(size.Rounds, traced: null, machine: null);
        return new()
        {
            ["overall_per_s"] = report["overall_per_s"],
            ["event_to_completed_ms"] = report["event_to_completed_ms"],
            ["rss_parked_mb"] = report["rss_parked_mb"],
            ["ready_s"] = Latencies.Short(size.Restarted(restart => restart.Ready)),
            ["first_completion_s"] = Latencies.Short(size.Restarted(restart => restart.FirstCompletion)),
            ["rss_restarted_mb"] = size.Restarted(restart => restart.RssMb),
            ["file_mb"] = Latencies.Short(size.Restarted(restart => restart.FileMb)),
        };
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What was measured with so many instances; each figure is the median of its rounds.</summary>
internal sealed record Size(int Instances, IReadOnlyList<ShapeRound> Rounds, IReadOnlyList<Restart> Restarts)
{
    public double Of(Func<ShapeRound, double> figure) => Latencies.Median(Rounds.Select(figure));

    public double Restarted(Func<Restart, double> figure) => Latencies.Median(Restarts.Select(figure));
}
