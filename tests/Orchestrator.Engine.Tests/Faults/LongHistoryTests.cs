using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>Histories of ten thousand rows, and instances of thousands of runs.</summary>
[Collection(Alone.Name)]
public sealed class LongHistoryTests(ITestOutputHelper output)
{
    private const int Rows = 10_000;
    private const int Instances = 7;
    private const int Runs = 4_000;

    [Fact]
    public async Task HistoryOfTenThousandRows_IsReplayedInUnderATenthOfASecond()
    {
        Code code = new Code()
            .Activity("echo", input => input)
            .Orchestrator("long", async (context, _) =>
            {
                for (int step = 0; step < Rows / 2; step++)
                {
                    await context.Call("echo", "four words of input");
                }

                return await context.Event("go");
            });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        string[] ids = [.. Enumerable.Range(0, Instances).Select(number => $"long-{number}")];
        await Task.WhenAll(ids.Select(id => hub.StartInstanceAsync("long", id: id)));
        foreach (string id in ids)
        {
            await TaskHubFolder.EventuallyAsync(async () => (await hub.KindsAsync(id)).Count > Rows, $"{id} has its history");
        }

        // Waiting ones are not looked at on start; the event is what has them read back.
        await hub.StartAsync(code);
        Assert.Equal(0, hub.Engine.ResidentInstances);
        List<double> took = [];
        foreach (string id in ids)
        {
            long began = Stopwatch.GetTimestamp();
            await hub.Client.RaiseEventAsync(id, "go", "on");
            Assert.Equal("on", await hub.OutputAsync(id));
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        double median = took.Order().ElementAt(Instances / 2);
        output.WriteLine($"From event to completed over {Rows} rows: {string.Join(", ", took.Select(time => $"{time:F0}"))} ms.");
        Assert.True(median < 100, $"Median {median:F0} ms of {string.Join(", ", took.Select(time => $"{time:F0}"))}.");
    }

    [Fact]
    public async Task ThousandsOfRuns_OfOneInstance_DoNotSlowDown()
    {
        ConcurrentQueue<long> ran = new();
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("next", input =>
            {
                ran.Enqueue(Stopwatch.GetTimestamp());
                return (int.Parse(input, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            })
            .Orchestrator("loop", async (context, input) =>
            {
                string next = await context.Call("next", input);
                if (next != $"{Runs}")
                {
                    context.ContinueAsNew(next);
                }

                return next;
            }));

        Assert.Equal($"{Runs}", await hub.RunAsync("loop", "0"));

        long[] times = [.. ran];
        double[] runs = [.. times.Zip(times.Skip(1), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds)];
        double early = runs.Skip(500).Take(500).Order().ElementAt(250), late = runs.TakeLast(500).Order().ElementAt(250);
        output.WriteLine($"Median of a run: {early:F3} ms among the first thousand, {late:F3} ms among the last five hundred of {Runs}.");
        Assert.Equal(Runs, times.Length);
        Assert.Equal(4, (await hub.KindsAsync()).Count);
        Assert.True(late < 2 * early, $"{early:F3} ms, then {late:F3} ms.");
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }
}
