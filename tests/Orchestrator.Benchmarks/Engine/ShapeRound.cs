using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>One round of the refund shape on a fresh file.</summary>
/// <param name="Began">Unix time in seconds of the first start, and <paramref name="Ended"/> of the last completion: what a trace of the process is cut to.</param>
/// <param name="Groups">Groups of writes that the engine committed and acknowledged between the two; null where it does not tell.</param>
/// <param name="Seconds">What the starting and the raising took, without the look at the memory between them.</param>
internal sealed record ShapeRound(int Instances, int InFlight, double Seconds, IReadOnlyDictionary<int, Latencies> EventToCompleted, double RssParkedMb, int WrongResults, long? Groups, double Began, double Ended)
{
    public double PerSecond => Instances / Seconds;

    /// <summary>
    /// How "64 in flight" is read, here and in the programs beside this file that drive the peers: the client holds 64 calls open.
    /// Start all: a call is over when the engine acknowledged the start, and the phase when all instances wait for their event.
    /// Raise all and await all are one phase: a call raises one event and is over when that instance completed and its result was read and checked;
    /// what such a call took is event to completed. Overall is both phases. Event to completed with one in flight is taken on other instances afterwards.
    /// </summary>
    public static async Task<ShapeRound> RunAsync(string folder, int instances, int inFlight)
    {
        string path = Path.Combine(folder, "hub.db");
        await using ShapeHub hub = new(path);
        await hub.OpenAsync();
        using Commits commits = new();
        double began = UnixSeconds();
        double starting = await Calls.AllAsync(0, instances, inFlight, hub.StartAsync, () => hub.WaitingAsync(instances));
        double rss = ProcessMemory.RssMb(collect: true);

        int wrong = 0;
        ConcurrentBag<double> many = [];
        double raising = await Calls.AllAsync(0, instances, inFlight, number => CompleteAsync(number, many));
        long groups = commits.Count;
        double ended = UnixSeconds();
        Dictionary<int, Latencies> eventToCompleted = new() { [inFlight] = Latencies.Of(many) };

        if (inFlight != 1)
        {
            int alone = Math.Min(instances, 500);
            ConcurrentBag<double> one = [];
            await Calls.AllAsync(instances, alone, inFlight, hub.StartAsync, () => hub.WaitingAsync(instances + alone));
            await Calls.AllAsync(instances, alone, 1, number => CompleteAsync(number, one));
            eventToCompleted[1] = Latencies.Of(one);
        }

        return new(instances, inFlight, starting + raising, eventToCompleted, rss, wrong, groups, began, ended);

        async Task CompleteAsync(int number, ConcurrentBag<double> took)
        {
            long raised = Stopwatch.GetTimestamp();
            bool right = await hub.RaiseAndCompleteAsync(number);
            took.Add(Latencies.Since(raised));
            if (!right)
            {
                Interlocked.Increment(ref wrong);
            }
        }
    }

    /// <summary>A round that does not count, and a second for the compiler to finish with what it has seen; the peers' programs wait the same.</summary>
    public static async Task WarmUpAsync(string folder, int instances, int inFlight)
    {
        await RunAsync(folder, instances, inFlight);
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static double UnixSeconds() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>The engine's own meter.</summary>
    private sealed class Commits : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public Commits()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name && instrument.Name == "hub.commits")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref _count, more));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
