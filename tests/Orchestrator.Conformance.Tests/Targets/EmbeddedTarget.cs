using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Conformance.Tests.Targets;

/// <summary>The embedded engine on a real file.</summary>
public sealed class EmbeddedTarget : IConformanceTarget, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-").FullName;
    private readonly TaskRegistry _tasks = ConformanceTasks.Register();
    private DurableEngine? _engine;

    public IOrchestrationClient Client => _engine!.Client;

    public async Task InitializeAsync()
    {
        // Few stay in memory, so that most of what the facts do is done over a replay.
        EngineOptions options = new(Path.Combine(_folder, "hub.db")) { MaxResidentInstances = 1 };
        _engine = new DurableEngine(options, _tasks, new NoServices(), TimeProvider.System, NullLoggerFactory.Instance);
        await _engine.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _engine!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
