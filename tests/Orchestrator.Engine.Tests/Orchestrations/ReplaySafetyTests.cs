using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class ReplaySafetyTests
{
    private static readonly Action<ILogger, int, Exception?> LogStep = LoggerMessage.Define<int>(LogLevel.Information, new EventId(1), "step {Step}");

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task ReplaySafeLogger_OverReplays_SaysEachThingOnce(int resident)
    {
        ConcurrentQueue<bool> replaying = new();
        Code code = new Code().Orchestrator("talks", async (context, _) =>
        {
            ILogger logger = context.CreateReplaySafeLogger("case");
            for (int step = 0; step < 3; step++)
            {
                LogStep(logger, step, null);
                replaying.Enqueue(context.IsReplaying);
                await context.Event("next");
            }

            return "";
        });
        using RecordingLoggers loggers = new("case");
        await using TaskHubFolder hub = new() { Loggers = loggers };
        await hub.StartAsync(code, options => options with { MaxResidentInstances = resident });
        await hub.StartInstanceAsync("talks");
        for (int step = 0; step < 3; step++)
        {
            int expected = step + 1;
            await TaskHubFolder.EventuallyAsync(() => Task.FromResult(loggers.Said.Count >= expected && (resident > 0 || hub.Engine.ResidentInstances == 0)), $"step {step}");
            await hub.Client.RaiseEventAsync("case-1", "next", "");
        }

        await hub.OutputAsync();
        Assert.Equal(["step 0", "step 1", "step 2"], loggers.Said);
        Assert.Equal(resident == 0, replaying.Contains(true));
    }

    private sealed class RecordingLoggers(string category) : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
