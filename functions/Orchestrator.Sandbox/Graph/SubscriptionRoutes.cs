using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Graph;

/// <summary><c>/v1.0/subscriptions</c>: create with handshake, read, renew, delete (learn.microsoft.com/graph/api/resources/subscription).</summary>
internal sealed class SubscriptionRoutes(Subscriptions subscriptions, Notifier notifier, SandboxClock clock)
{
    /// <summary>For Outlook messages: under seven days.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10_080);

    public void Map(WebApplication app, Func<RequestDelegate, RequestDelegate> guarded)
    {
        app.MapPost("/v1.0/subscriptions", guarded(CreateAsync));
        app.MapGet("/v1.0/subscriptions", guarded(context =>
            Wire.AnswerAsync(context, 200, new JsonObject { ["value"] = new JsonArray([.. subscriptions.Live.Select(one => (JsonNode)one.Describe())]) })));
        app.MapGet("/v1.0/subscriptions/{id}", guarded(OnOne((context, one) => Wire.AnswerAsync(context, 200, one.Describe()))));
        app.MapPatch("/v1.0/subscriptions/{id}", guarded(OnOne(RenewAsync)));
        app.MapDelete("/v1.0/subscriptions/{id}", guarded(OnOne((context, one) =>
        {
            subscriptions.Remove(one);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        })));
    }

    private RequestDelegate OnOne(Func<HttpContext, Subscription, Task> act) => context =>
        subscriptions.Find((string)context.Request.RouteValues["id"]!) is { } found
            ? act(context, found)
            : GraphErrors.NoSubscriptionAsync(context, clock.GetUtcNow());

    private async Task CreateAsync(HttpContext context)
    {
        var now = clock.GetUtcNow();
        var body = await Wire.ReadObjectAsync(context);
        if (body?.Text("changeType") is not { } change || body.Text("resource") is not { } resource || body.Text("notificationUrl") is not { } address)
        {
            await GraphErrors.InvalidAsync(context, "changeType, resource and notificationUrl are required.", now);
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !url.IsLoopback || url.Scheme is not ("http" or "https"))
        {
            await GraphErrors.InvalidAsync(context, "notificationUrl must be an http or https address on loopback: the sandbox calls nobody else.", now);
            return;
        }

        string? clientState = body.Text("clientState");
        if (clientState?.Length > 128)
        {
            await GraphErrors.InvalidAsync(context, "clientState must be at most 128 characters.", now);
            return;
        }

        string? problem = Expiration(body, now, out var expires) ?? await notifier.ValidateAsync(url, context.RequestAborted);
        if (problem is not null)
        {
            await GraphErrors.ValidationAsync(context, problem, now);
            return;
        }

        var made = new Subscription(Guid.NewGuid().ToString(), change, resource, url, clientState, expires);
        subscriptions.Keep(made);
        await Wire.AnswerAsync(context, 201, made.Describe());
    }

    private async Task RenewAsync(HttpContext context, Subscription known)
    {
        var now = clock.GetUtcNow();
        if (Expiration(await Wire.ReadObjectAsync(context) ?? [], now, out var expires) is { } problem)
        {
            await GraphErrors.ValidationAsync(context, problem, now);
            return;
        }

        var renewed = known with { Expires = expires };
        subscriptions.Keep(renewed);
        await Wire.AnswerAsync(context, 200, renewed.Describe());
    }

    private static string? Expiration(JsonObject body, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = body.Time("expirationDateTime") ?? DateTimeOffset.MinValue;
        if (expires <= now)
        {
            return "expirationDateTime must be a time in the future.";
        }

        return expires - now > s_longest ? $"Subscription expiration can only be {s_longest.TotalMinutes} minutes in the future." : null;
    }
}
