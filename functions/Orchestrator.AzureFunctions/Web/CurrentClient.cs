using Microsoft.DurableTask.Client;
using Orchestrator.Agents.Durability;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Web;

/// <summary>The durable client of the present invocation: the host hands it to a function's binding and to nothing else.</summary>
public sealed class CurrentClient(TaskRegistry registry)
{
    private IOrchestrationClient? _client;

    public IOrchestrationClient Client => _client ?? throw new InvalidOperationException("This function has no durable client binding, so nothing in it may start, ask or tell an orchestration.");

    public void Use(DurableTaskClient client) => _client = new DurableClient(client, registry);
}
