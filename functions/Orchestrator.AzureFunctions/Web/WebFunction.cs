using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.AzureFunctions.Web;

/// <summary>Every request that is not the host's own goes to the web surface that the other head serves too. Who may do what is decided there; the host asks for no key.</summary>
public sealed class WebFunction(WebPipeline pipeline, CurrentClient current)
{
    [Function("Web")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        current.Use(client);
        await pipeline.AnswerAsync(request.HttpContext);
        return Results.Empty;
    }
}
