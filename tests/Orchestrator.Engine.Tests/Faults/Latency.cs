using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>How long calls take, the slowest hundredth of them. Compared in turns within one run, never with a fixed figure.</summary>
internal static class Latency
{
    /// <returns>Milliseconds.</returns>
    public static async Task<double> P99Async(int calls, int inFlight, Func<int, Task> call)
    {
        ConcurrentBag<double> took = [];
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (number, _) =>
        {
            long began = Stopwatch.GetTimestamp();
            await call(number);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        });
        return took.Order().ElementAt(calls * 99 / 100);
    }
}
