using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Agents.Durability;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>Runs what the registry has under the name of the function that the host calls.</summary>
public sealed class TaskRunner(TaskRegistry registry, IServiceProvider services)
{
    /// <summary>Awaited on the orchestration's own context, and never with <c>ConfigureAwait</c>.</summary>
    public async Task<JsonElement> RunAsync(TaskOrchestrationContext context)
    {
        JsonElement value = context.GetInput<JsonElement>();
        string input = value.ValueKind == JsonValueKind.Undefined ? "null" : value.GetRawText();
        string output = await registry.Orchestrators[context.Name.Name](services, new DurableContext(context, registry, KnownPatches.Of(value)), input);
        registry.CheckSize($"The output of instance '{context.InstanceId}'", output);
        return JsonElement.Parse(output);
    }

    public Task<JsonElement> RunAsync(FunctionContext context, JsonElement input)
    {
        string name = context.FunctionDefinition.Name;
        string instanceId = InstanceOf(context) ?? throw new InvalidOperationException($"The host called activity '{name}' for no instance.");
        return RunAsync(name, instanceId, input, context.CancellationToken);
    }

    internal async Task<JsonElement> RunAsync(string name, string instanceId, JsonElement input, CancellationToken cancellationToken)
    {
        string output = await registry.Activities[name](services, new ActivityContext(name, instanceId), input.GetRawText(), cancellationToken);
        registry.CheckSize($"The result of activity '{name}' of instance '{instanceId}'", output);
        return JsonElement.Parse(output);
    }

    /// <summary>The instance that an activity runs for; null in any other function.</summary>
    internal static string? InstanceOf(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("instanceId", out object? id) ? id?.ToString()?.Trim('"') : null;
}
