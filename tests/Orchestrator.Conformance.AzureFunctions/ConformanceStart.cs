using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Agents.Durability;
using Orchestrator.AzureFunctions.Web;

namespace Orchestrator.Conformance.AzureFunctions;

/// <summary>The one route that the facts need beside the Durable Task HTTP API: a start through the product's port, with its refusals.</summary>
public sealed class ConformanceStart(CurrentClient current)
{
    [Function(nameof(ConformanceStart))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "conformance/orchestrators/{name}/{instanceId}")] HttpRequest request,
        string name,
        string instanceId,
        [DurableClient] DurableTaskClient client)
    {
        current.Use(client);
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        string input = JsonSerializer.Deserialize<string>(await body.ReadToEndAsync(request.HttpContext.RequestAborted)) ?? "";
        try
        {
            await current.Client.ScheduleNewOrchestrationInstanceAsync(new OrchestratorDefinition<string, string>(name), input, instanceId, request.HttpContext.RequestAborted);
            return Results.Json(new { id = instanceId, statusQueryGetUri = $"/runtime/webhooks/durabletask/instances/{instanceId}" }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (DurabilityException refused)
        {
            return Results.Problem(refused.Message, statusCode: refused is OrchestrationAlreadyExistsException ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound, type: "urn:orchestrator:" + refused.Name);
        }
    }
}
