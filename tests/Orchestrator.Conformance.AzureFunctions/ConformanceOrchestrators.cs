using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.AzureFunctions.Orchestrations;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.AzureFunctions;

/// <summary>The orchestrators that the facts are about.</summary>
public sealed class ConformanceOrchestrators(TaskRunner tasks)
{
    [Function(Names.Echo)]
    public Task<JsonElement> EchoAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Retries)]
    public Task<JsonElement> RetriesAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Fails)]
    public Task<JsonElement> FailsAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Handles)]
    public Task<JsonElement> HandlesAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.CallsUnknown)]
    public Task<JsonElement> CallsUnknownAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Mended)]
    public Task<JsonElement> MendedAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Mend)]
    public Task<JsonElement> MendAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.FansOut)]
    public Task<JsonElement> FansOutAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Squares)]
    public Task<JsonElement> SquaresAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.HandlesChild)]
    public Task<JsonElement> HandlesChildAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Stable)]
    public Task<JsonElement> StableAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Waits)]
    public Task<JsonElement> WaitsAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.WaitsLong)]
    public Task<JsonElement> WaitsLongAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Races)]
    public Task<JsonElement> RacesAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.WaitsAgain)]
    public Task<JsonElement> WaitsAgainAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.WaitsTwice)]
    public Task<JsonElement> WaitsTwiceAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Timer)]
    public Task<JsonElement> TimerAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Endless)]
    public Task<JsonElement> EndlessAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(Names.Publishes)]
    public Task<JsonElement> PublishesAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);
}
