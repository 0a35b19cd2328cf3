using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>The engine with its defaults: hash chain on, a sync per acknowledged group.</summary>
internal static class EngineUnderTest
{
    public static DurableEngine On(string path, TaskRegistry registry) =>
        new(new EngineOptions(path), registry, new NoServices(), TimeProvider.System, NullLoggerFactory.Instance);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
