using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Orchestrator.Agents.Durability;
using Orchestrator.AzureFunctions.Orchestrations;
using Orchestrator.Conformance;
using Orchestrator.Conformance.Tests.Targets;

namespace Orchestrator.AzureFunctions.Tests.Conformance;

/// <summary>The SDK of Durable Functions behind this head's adapters: its worker and its client, over gRPC, on the SDK's own backend in memory.</summary>
public sealed class DurableTaskTarget : IConformanceTarget, IAsyncLifetime
{
    private readonly TaskRegistry _tasks = ConformanceTasks.Register();
    private DurableTaskTestHost? _host;
    private DurableClient? _client;

    public IOrchestrationClient Client => _client!;

    public async Task InitializeAsync()
    {
        _tasks.MaxPayloadBytes = HeadLimits.MaxPayloadBytes;
        _host = await DurableTaskTestHost.StartAsync(Register);
        _client = new DurableClient(_host.Client, _tasks);
    }

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    private void Register(DurableTaskRegistry theirs)
    {
        TaskRunner runner = new(_tasks, new NoServices());
        foreach (string name in _tasks.Orchestrators.Keys)
        {
            theirs.AddOrchestratorFunc<JsonElement, JsonElement>(name, (context, _) => runner.RunAsync(context));
        }

        foreach (string name in _tasks.Activities.Keys)
        {
            theirs.AddActivityFunc<JsonElement, JsonElement>(name, (context, input) => runner.RunAsync(name, context.InstanceId, input, CancellationToken.None));
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
