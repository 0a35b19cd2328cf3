using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Tests.Graph;

/// <summary>An endpoint as a product would have it: echoes validation tokens and keeps notifications.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Subscriber(WebApplication app) => _app = app;

    public ConcurrentQueue<JsonObject> Notifications { get; } = new();

    /// <summary>What it answers to a validation token; null echoes it.</summary>
    public string? Echo { get; set; }

    /// <summary>How many notifications it fails before it takes one.</summary>
    public int Failures { get; set; }

    public Uri Address => new(_app.Urls.Single() + "/graph/notifications");

    public static async Task<Subscriber> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var subscriber = new Subscriber(app);
        app.Run(subscriber.ReceiveAsync);
        await app.StartAsync();
        return subscriber;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        if (context.Request.Query["validationToken"].FirstOrDefault() is { } token)
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(Echo ?? token);
            return;
        }

        if (Failures-- > 0)
        {
            context.Response.StatusCode = 503;
            return;
        }

        Notifications.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!.AsObject());
        context.Response.StatusCode = 202;
    }
}
