using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Torture.Simulation;

/// <summary>One life of the process that holds the task hub.</summary>
internal sealed class SimulatedProcess
{
    private readonly DurableEngine _engine;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _stopped;

    public SimulatedProcess(SimulatedWorld world, int number, EngineOptions options, Func<SimulatedProcess, TaskRegistry> code)
    {
        Number = number;
        Queue = new SimulatedQueue(world, $"process {number}");
        Clock = new SimulatedClock(world, Queue);
        _engine = new DurableEngine(options with { Scheduler = Queue }, code(this), new NoServices(), Clock, NullLoggerFactory.Instance);
    }

    public int Number { get; }

    public SimulatedQueue Queue { get; }

    public SimulatedClock Clock { get; }

    /// <summary>What comes out of a dead one nobody has seen.</summary>
    public bool IsAlive { get; private set; } = true;

    public IOrchestrationClient Client => _engine.Client;

    /// <summary>Whether the engine itself gave up.</summary>
    public bool HasStopped => _stopped is { IsCompleted: true };

    public bool HasStarted => _stopped is not null;

    public Task Gone => _gone.Task;

    public Task StartAsync() => Queue.Run(async () =>
    {
        await _engine.StartAsync(CancellationToken.None);
        _stopped = _engine.Stopped;
    });

    public Task<Engine.TaskHub.IntegrityReport> VerifyAsync() => Queue.Run(() => _engine.VerifyAsync());

    /// <summary>Nothing that it still does counts.</summary>
    public void Die() => IsAlive = false;

    /// <summary>Closes what is open, as the system does for a process that has ended.</summary>
    public Task CloseAsync() => Queue.Run(() => _engine.DisposeAsync().AsTask());

    public void Bury()
    {
        Queue.End();
        _gone.TrySetResult();
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
