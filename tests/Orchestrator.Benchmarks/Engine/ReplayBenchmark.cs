using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>
/// What a long history costs an instance that is not in memory: from raising its event to its completion, in an engine that was just opened.
/// So a figure holds the event's commit, reading the history from the file, running the code over it, and the commit of the end.
/// </summary>
internal static class ReplayBenchmark
{
    private const int Samples = 9;

    public static async Task<Dictionary<string, object?>> MeasureAsync(int rows, string? under)
    {
        using Scratch scratch = new(under);
        Dictionary<string, object?> machine = Disk.Describe(scratch.Path);
        (IReadOnlyDictionary<int, Latencies> byRows, int wrong) = await RunAsync(scratch.NewFolder(), Lengths(rows));
        return new()
        {
            ["rows"] = rows,
            ["replay_ms"] = byRows[rows].ToReport(),
            ["replay_ms_by_rows"] = byRows.ToDictionary(one => one.Key.ToString(CultureInfo.InvariantCulture), one => Latencies.Short(one.Value.P50)),
            ["samples"] = Samples,
            ["wrong_results"] = wrong,
            ["machine"] = machine,
        };
    }

    /// <summary>10, 100, … up to and with the given one.</summary>
    public static IReadOnlyList<int> Lengths(int rows) => [.. Powers().TakeWhile(power => power < rows), rows];

    public static async Task<(IReadOnlyDictionary<int, Latencies> ByRows, int Wrong)> RunAsync(string folder, IReadOnlyList<int> lengths)
    {
        string path = Path.Combine(folder, "hub.db");
        // One more of each is completed before all others, so that nothing is compiled while it is measured.
        List<(int Rows, string Id)> all = [.. lengths.SelectMany(rows => Enumerable.Range(0, Samples + 1).Select(i => (rows, Id(rows, i))))];
        Progress.Say($"replay: writing histories of up to {lengths[^1]} rows");
        await WriteAsync(path, all);

        Dictionary<int, Latencies> byRows = [];
        int wrong = 0;
        await using DurableEngine engine = EngineUnderTest.On(path, LongHistory.Registry(_ => { }));
        await engine.StartAsync(CancellationToken.None);
        foreach (int rows in lengths)
        {
            await CompleteAsync(Id(rows, 0), rows);
        }

        foreach (int rows in lengths)
        {
            List<double> took = [];
            for (int i = 1; i <= Samples; i++)
            {
                took.Add(await CompleteAsync(Id(rows, i), rows));
            }

            byRows[rows] = Latencies.Of(took);
            Progress.Say(string.Create(CultureInfo.InvariantCulture, $"replay: {rows} rows {byRows[rows].P50:F2} ms"));
        }

        return (byRows, wrong);

        async Task<double> CompleteAsync(string id, int rows)
        {
            long began = Stopwatch.GetTimestamp();
            await engine.Client.RaiseEventAsync(id, LongHistory.End, 1);
            OrchestrationMetadata end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            double took = Latencies.Since(began);
            wrong += end.RuntimeStatus == OrchestrationRuntimeStatus.Completed && JsonSerializer.Deserialize<int>(end.SerializedOutput!) == LongHistory.ActivitiesFor(rows) + 1 ? 0 : 1;
            return took;
        }
    }

    private static string Id(int rows, int sample) => string.Create(CultureInfo.InvariantCulture, $"count-{rows}-{sample}");

    /// <summary>Ends with a stop, which leaves none of them under way: the next engine has none in memory.</summary>
    private static async Task WriteAsync(string path, IReadOnlyCollection<(int Rows, string Id)> all)
    {
        ConcurrentDictionary<string, bool> waiting = new();
        TaskCompletionSource everyone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DurableEngine engine = EngineUnderTest.On(path, LongHistory.Registry(id =>
        {
            if (waiting.TryAdd(id, true) && waiting.Count == all.Count)
            {
                everyone.TrySetResult();
            }
        }));
        await engine.StartAsync(CancellationToken.None);
        foreach ((int rows, string id) in all)
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync(LongHistory.Count, LongHistory.ActivitiesFor(rows), id);
        }

        await everyone.Task;
    }

    private static IEnumerable<int> Powers()
    {
        for (int power = 10; power < int.MaxValue / 10; power *= 10)
        {
            yield return power;
        }
    }
}
