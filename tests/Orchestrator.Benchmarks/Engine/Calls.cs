using System.Diagnostics;

namespace Orchestrator.Benchmarks.Engine;

internal static class Calls
{
    /// <summary>Makes a call per number, at most so many at once.</summary>
    /// <returns>Seconds until the last call, and what has to follow it, was over.</returns>
    public static async Task<double> AllAsync(int first, int count, int inFlight, Func<int, Task> call, Func<Task>? then = null)
    {
        long began = Stopwatch.GetTimestamp();
        int next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(inFlight, count)).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < first + count)
            {
                await call(number);
            }
        })));
        await (then?.Invoke() ?? Task.CompletedTask);
        return Latencies.Since(began) / 1000;
    }
}
