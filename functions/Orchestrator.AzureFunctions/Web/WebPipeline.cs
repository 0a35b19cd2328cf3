using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.AzureFunctions.Development;
using Orchestrator.Operations;

namespace Orchestrator.AzureFunctions.Web;

/// <summary>The web surface's pipeline, built once.</summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate _pipeline;
    private readonly bool _behindTls;

    internal WebPipeline(IServiceProvider root, AzureSettings settings)
    {
        ApplicationBuilder app = new(root);
        if (root.GetRequiredService<OperationsOptions>().OperatorToken is { } token)
        {
            StopRoute.Map(app, token);
        }

        WebSurface.Configure(app);
        _pipeline = app.Build();
        _behindTls = settings.InAzure;
    }

    public Task AnswerAsync(HttpContext context)
    {
        // The worker routed this request to its function already; the surface routes it anew.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        if (_behindTls)
        {
            // App Service takes requests by https alone and ends TLS before the host: without this, cookies would not be for https only.
            context.Request.Scheme = "https";
        }

        return _pipeline(context);
    }
}
