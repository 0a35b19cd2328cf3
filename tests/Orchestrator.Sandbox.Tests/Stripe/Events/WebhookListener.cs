using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Sandbox.Tests.Stripe.Events;

/// <summary>A webhook endpoint on loopback that remembers what came, in order.</summary>
public sealed class WebhookListener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private int _refusals;

    private WebhookListener(WebApplication app, int refusals)
    {
        _app = app;
        _refusals = refusals;
    }

    public ConcurrentQueue<(string Body, string Signature)> Received { get; } = [];

    public string Url => $"{_app.Urls.First()}/hook";

    public IReadOnlyList<string> Types => [.. Received.Select(received => JsonNode.Parse(received.Body)!["type"]!.ToString())];

    /// <summary>Begins to listen; the first <paramref name="refusals"/> deliveries are answered 500.</summary>
    public static async Task<WebhookListener> StartAsync(int refusals = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        WebhookListener listener = new(app, refusals);
        app.MapPost("/hook", listener.ReceiveAsync);
        await app.StartAsync();
        return listener;
    }

    public async Task UntilAsync(Func<WebhookListener, bool> arrived)
    {
        using CancellationTokenSource deadline = new(Patience);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (!arrived(this))
        {
            await poll.WaitForNextTickAsync(deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using StreamReader reader = new(request.Body);
        string body = await reader.ReadToEndAsync();
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            return Results.StatusCode(500);
        }

        Received.Enqueue((body, request.Headers["Stripe-Signature"].ToString()));
        return Results.Ok();
    }
}
