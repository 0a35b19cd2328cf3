using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Telemetry;

/// <summary>Puts the case id on every line and every span of an activity.</summary>
internal sealed class CaseScope(ILogger<CaseScope> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Anything else passes as it is: an orchestrator's middleware must not go on on another thread.</summary>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        IsActivity(context) && TaskRunner.InstanceOf(context) is { } caseId ? InvokeAsync(context, next, caseId) : next(context);

    private async Task InvokeAsync(FunctionContext context, FunctionExecutionDelegate next, string caseId)
    {
        Activity.Current?.SetTag("case.id", caseId);
        using (logger.BeginScope(new Dictionary<string, object> { ["CaseId"] = caseId }))
        {
            await next(context);
        }
    }

    private static bool IsActivity(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type.Equals("activityTrigger", StringComparison.OrdinalIgnoreCase));
}
