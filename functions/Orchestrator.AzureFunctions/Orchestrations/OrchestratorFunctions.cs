using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>The agent's orchestrators, each under the name that history knows.</summary>
public sealed class OrchestratorFunctions(TaskRunner tasks)
{
    [Function(nameof(RefundAgent))]
    public Task<JsonElement> RunRefundAgentAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(nameof(FailedRefund))]
    public Task<JsonElement> RunFailedRefundAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);

    [Function(nameof(StoppedCase))]
    public Task<JsonElement> RunStoppedCaseAsync([OrchestrationTrigger] TaskOrchestrationContext context) => tasks.RunAsync(context);
}
