using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.TaskHub.Sqlite;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>Something that reads the file and never ends: the log beside it grows, the operator hears of it, and work goes on.</summary>
[Collection(Alone.Name)]
public sealed class StuckReaderTests(ITestOutputHelper output)
{
    private const int Rounds = 9;

    private static readonly string Large = new('x', 20_000);
    private static readonly Code Code = new Code().Orchestrator("wait", async (context, _) => await context.Event("go"));

    private int _started;

    [Fact]
    public async Task LogOverItsLimit_IsAlarmedOncePerCrossingWithWhatToDo()
    {
        const long limit = 10_000_000;
        using Alarms alarms = new();
        await using TaskHubFolder hub = new() { Loggers = alarms };
        await hub.StartAsync(Code, options => options with { LogAlarmBytes = limit, OnOpened = database => database.Execute("PRAGMA journal_size_limit = 0") });
        for (int crossing = 1; crossing <= 2; crossing++)
        {
            using (SqliteDatabase stuck = Stuck(hub.Path))
            {
                await TaskHubFolder.EventuallyAsync(() => WritesAsync(hub, () => alarms.Critical.Count == crossing), "an alarm");
                Assert.True(Log(hub) > limit);
                await WritesAsync(hub, () => true);
                Assert.Equal(crossing, alarms.Critical.Count);
            }

            await TaskHubFolder.EventuallyAsync(() => WritesAsync(hub, () => alarms.Back.Count == crossing), "the log is back");
            Assert.True(Log(hub) < limit);
        }

        Assert.All(alarms.Critical, sentence => Assert.Contains("something that reads the task hub never ends", sentence, StringComparison.Ordinal));
        Assert.All(alarms.Critical, sentence => Assert.Contains("End it.", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Starts_BesideAStuckReader_KeepTheirPace()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code, options => options with { MaxResidentInstances = 100 }, TimeProvider.System);
        await P99Async(hub);
        Turns turns = new();
        for (int round = 0; round < Rounds; round++)
        {
            double free = await P99Async(hub);
            using SqliteDatabase stuck = Stuck(hub.Path);
            for (int large = 0; large < 8; large++)
            {
                await WritesAsync(hub, () => true);
            }

            double beside = await P99Async(hub);
            turns.Add(free, beside);
            output.WriteLine($"p99 {free:F2} ms free, {beside:F2} ms beside a stuck reader with a log of {Log(hub) / 1_000_000} MB");
        }

        Assert.True(turns.Ratio < 3, $"p99 beside a stuck reader is {turns.Ratio:F2} times that without: {turns}.");
    }

    private static SqliteDatabase Stuck(string path)
    {
        SqliteDatabase reader = SqliteDatabase.OpenForReading(path);
        reader.Execute("BEGIN");
        reader.Scalar("SELECT count(*) FROM hub");
        return reader;
    }

    private static long Log(TaskHubFolder hub) => new FileInfo(hub.Path + "-wal").Length;

    private async Task<bool> WritesAsync(TaskHubFolder hub, Func<bool> enough)
    {
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            await hub.StartInstanceAsync("wait", Large, $"large-{Interlocked.Increment(ref _started)}"));
        return enough();
    }

    private Task<double> P99Async(TaskHubFolder hub) => Latency.P99Async(200, 1, _ => hub.StartInstanceAsync("wait", "", $"small-{Interlocked.Increment(ref _started)}"));

    private sealed class Alarms : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Critical { get; } = new();

        public ConcurrentQueue<string> Back { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string said = formatter(state, exception);
            if (logLevel == LogLevel.Critical)
            {
                Critical.Enqueue(said);
            }
            else if (said.EndsWith("is back to its size.", StringComparison.Ordinal))
            {
                Back.Enqueue(said);
            }
        }

        public void Dispose()
        {
        }
    }
}
