using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests;

/// <summary>A task hub on a real file, and engines on it one after the other.</summary>
internal sealed class TaskHubFolder : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private DurableEngine? _engine;

    public string Path => System.IO.Path.Combine(_folder, "hub.db");

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public DurableEngine Engine => _engine!;

    public IOrchestrationClient Client => Engine.Client;

    /// <summary>Starts an engine, after stopping the one before.</summary>
    public async Task<IOrchestrationClient> StartAsync(Code code, Func<EngineOptions, EngineOptions>? configure = null, TimeProvider? clock = null)
    {
        await StopAsync();
        EngineOptions options = new(Path) { StopTimeout = TimeSpan.FromMilliseconds(200) };
        _engine = new DurableEngine(configure?.Invoke(options) ?? options, code.Registry, new NoServices(), clock ?? Clock, Loggers);
        await _engine.StartAsync(CancellationToken.None);
        return _engine.Client;
    }

    public async Task StopAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            _engine = null;
        }
    }

    public async Task<string> RunAsync(string orchestrator, string input = "", string id = "case-1")
    {
        await StartInstanceAsync(orchestrator, input, id);
        return await OutputAsync(id);
    }

    public Task StartInstanceAsync(string orchestrator, string input = "", string id = "case-1") =>
        Client.ScheduleNewOrchestrationInstanceAsync(Code.Orchestrator(orchestrator), input, id);

    public async Task<OrchestrationMetadata> EndAsync(string id = "case-1") =>
        await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(Patience);

    /// <summary>The string an instance completed with.</summary>
    public async Task<string> OutputAsync(string id = "case-1")
    {
        OrchestrationMetadata end = await EndAsync(id);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        return System.Text.Json.JsonSerializer.Deserialize<string>(end.SerializedOutput!)!;
    }

    public async Task<TaskFailureDetails> FailureAsync(string id = "case-1")
    {
        OrchestrationMetadata end = await EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.FailureDetails!;
    }

    /// <summary>Kinds of the steps recorded for an instance.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(string id = "case-1") =>
        [.. (await Client.GetOrchestrationHistoryAsync(id)).Select(entry => entry.Kind)];

    public static async Task EventuallyAsync(Func<Task<bool>> holds, string what)
    {
        using CancellationTokenSource deadline = new(Patience);
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {Patience}: {what}");
            await Task.Delay(2);
        }
    }

    /// <summary>Waits until the code has come to its next wait: a timer or an event, with nothing running.</summary>
    public Task RecordedAsync(string kind, int times = 1, string id = "case-1") =>
        EventuallyAsync(async () => (await KindsAsync(id)).Count(recorded => recorded == kind) >= times, $"{times} x {kind}");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
