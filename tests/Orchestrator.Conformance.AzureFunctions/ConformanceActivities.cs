using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.AzureFunctions.Orchestrations;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.AzureFunctions;

/// <summary>What those orchestrators call. One more that they call is nowhere, on purpose.</summary>
public sealed class ConformanceActivities(TaskRunner tasks)
{
    [Function(ActivityNames.Return)]
    public Task<JsonElement> ReturnAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.Fail)]
    public Task<JsonElement> FailAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.Flaky)]
    public Task<JsonElement> FlakyAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.SetMended)]
    public Task<JsonElement> SetMendedAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.NeedsMending)]
    public Task<JsonElement> NeedsMendingAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);
}
