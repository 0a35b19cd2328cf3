using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance.Tests.Http;

/// <summary>
/// The HTTP API of the Durable Functions extension over a client of ours, so that the HTTP client of these tests is proven against something that answers. Routes, query parameters,
/// status codes and JSON names follow the extension's public source, Azure/azure-functions-durable-extension at a7c6d69:
/// <c>src/WebJobs.Extensions.DurableTask/HttpApiHandler.cs</c>, <c>StatusResponsePayload.cs</c>, <c>PurgeHistoryResult.cs</c>. The start route is the one that
/// <see cref="ConformanceTasks"/> asks of a host.
/// </summary>
internal sealed class DurableTaskHttpHost : IAsyncDisposable
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    private readonly WebApplication _app;
    private readonly IOrchestrationClient _client;

    private DurableTaskHttpHost(WebApplication app, IOrchestrationClient client) => (_app, _client) = (app, client);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<DurableTaskHttpHost> StartAsync(IOrchestrationClient client)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        DurableTaskHttpHost host = new(app, client);
        app.MapPost("/conformance/orchestrators/{name}/{instanceId}", host.StartInstanceAsync);
        app.MapGet(Instances, host.ListAsync);
        app.MapDelete(Instances, host.PurgeAllAsync);
        app.MapGet(Instances + "/{instanceId}", host.GetAsync);
        app.MapDelete(Instances + "/{instanceId}", host.PurgeAsync);
        app.MapPost(Instances + "/{instanceId}/raiseEvent/{eventName}", host.RaiseAsync);
        app.MapPost(Instances + "/{instanceId}/{operation}", host.OperateAsync);
        await app.StartAsync();
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> StartInstanceAsync(string name, string instanceId, JsonElement input, HttpContext context)
    {
        try
        {
            await _client.ScheduleNewOrchestrationInstanceAsync(new OrchestratorDefinition<JsonElement, JsonElement>(name), input, instanceId);
        }
        catch (DurabilityException refused)
        {
            int status = refused.Name switch { "instance-exists" => 409, "unknown-orchestrator" => 404, _ => 400 };
            return Results.Json(new { type = "urn:orchestrator:problem:" + refused.Name, title = "Refused", status, detail = refused.Message }, contentType: "application/problem+json", statusCode: status);
        }

        string instance = $"{context.Request.Scheme}://{context.Request.Host}{Instances}/{Uri.EscapeDataString(instanceId)}";
        context.Response.Headers.Location = instance;
        context.Response.Headers.RetryAfter = "10";
        return Results.Json(
            new
            {
                id = instanceId,
                statusQueryGetUri = instance,
                sendEventPostUri = instance + "/raiseEvent/{eventName}",
                terminatePostUri = instance + "/terminate?reason={text}",
                purgeHistoryDeleteUri = instance,
                suspendPostUri = instance + "/suspend?reason={text}",
                resumePostUri = instance + "/resume?reason={text}",
            },
            statusCode: 202);
    }

    private async Task<IResult> GetAsync(string instanceId, bool? showInput, bool? showHistory, HttpContext context)
    {
        if (await _client.GetInstanceAsync(instanceId, getInputsAndOutputs: true) is not { } instance)
        {
            return Results.NotFound();
        }

        JsonObject status = Status(instance, showInput ?? true);
        if (showHistory == true)
        {
            status["historyEvents"] = new JsonArray([.. (await _client.GetOrchestrationHistoryAsync(instanceId)).Select(Event)]);
        }

        if (!instance.HasEnded)
        {
            context.Response.Headers.Location = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}";
            context.Response.Headers.RetryAfter = "5";
        }

        return Results.Json(status, statusCode: instance.HasEnded ? 200 : 202);
    }

    private async Task<IResult> ListAsync(string? instanceIdPrefix, DateTimeOffset? createdTimeFrom, DateTimeOffset? createdTimeTo, string? runtimeStatus, bool? showInput, int? top, HttpContext context)
    {
        OrchestrationQuery query = new(null, Statuses(runtimeStatus), createdTimeFrom, createdTimeTo, instanceIdPrefix, top ?? 100) { FetchInputsAndOutputs = true };
        string? token = context.Request.Headers["x-ms-continuation-token"] is [{ Length: > 0 } sent] ? sent : null;
        await foreach (Page<OrchestrationMetadata> page in _client.GetAllInstancesAsync(query).AsPages(token))
        {
            context.Response.Headers["x-ms-continuation-token"] = page.ContinuationToken ?? "";
            return Results.Json(new JsonArray([.. page.Values.Select(one => Status(one, showInput ?? false))]));
        }

        return Results.Json(new JsonArray());
    }

    private async Task<IResult> PurgeAsync(string instanceId) => await _client.GetInstanceAsync(instanceId) is null
        ? Results.NotFound()
        : Results.Json(new { instancesDeleted = (await _client.PurgeInstanceAsync(instanceId)).PurgedInstanceCount });

    private async Task<IResult> PurgeAllAsync(DateTimeOffset? createdTimeFrom, DateTimeOffset? createdTimeTo, string? runtimeStatus)
    {
        if (createdTimeFrom is null)
        {
            return Results.Json("Please provide value for 'createdTimeFrom' parameter.", statusCode: 400);
        }

        PurgeResult result = await _client.PurgeAllInstancesAsync(new(createdTimeFrom, createdTimeTo, Statuses(runtimeStatus)));
        return result.PurgedInstanceCount == 0 ? Results.NotFound() : Results.Json(new { instancesDeleted = result.PurgedInstanceCount });
    }

    private async Task<IResult> RaiseAsync(string instanceId, string eventName, JsonElement payload) =>
        await OfALivingOneAsync(instanceId, () => _client.RaiseEventAsync(instanceId, eventName, payload));

    private async Task<IResult> OperateAsync(string instanceId, string operation, string? reason) => operation.ToUpperInvariant() switch
    {
        "TERMINATE" => await OfALivingOneAsync(instanceId, () => _client.TerminateInstanceAsync(instanceId, reason)),
        "SUSPEND" => await OfALivingOneAsync(instanceId, () => _client.SuspendInstanceAsync(instanceId, reason)),
        "RESUME" => await OfALivingOneAsync(instanceId, () => _client.ResumeInstanceAsync(instanceId, reason)),
        "REWIND" => await RewindAsync(instanceId, reason),
        _ => Results.NotFound(),
    };

    private async Task<IResult> RewindAsync(string instanceId, string? reason)
    {
        switch ((await _client.GetInstanceAsync(instanceId))?.RuntimeStatus)
        {
            case null:
                return Results.NotFound();
            case OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated:
                return Results.StatusCode(410);
            case OrchestrationRuntimeStatus.Failed:
                await _client.RewindInstanceAsync(instanceId, reason ?? "");
                return Results.StatusCode(202);
            default:
                return Results.Json(new { message = "One or more of the arguments submitted is incorrect" }, statusCode: 400);
        }
    }

    private static async Task<IResult> OfALivingOneAsync(string instanceId, Func<Task> act)
    {
        try
        {
            await act();
            return Results.StatusCode(202);
        }
        catch (InstanceNotFoundException)
        {
            return Results.NotFound();
        }
        catch (InstanceCompletedException)
        {
            return Results.StatusCode(410);
        }
        catch (DurabilityException refused)
        {
            return Results.Json(new { message = refused.Message, instanceId }, statusCode: 400);
        }
    }

    private static IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string? list) =>
        list is null ? null : [.. list.Split(',').Select(name => Enum.TryParse(name, out OrchestrationRuntimeStatus status) ? status : (OrchestrationRuntimeStatus?)null).OfType<OrchestrationRuntimeStatus>()];

    private static JsonObject Status(OrchestrationMetadata one, bool showInput) => new()
    {
        ["name"] = one.Name,
        ["instanceId"] = one.InstanceId,
        ["runtimeStatus"] = one.RuntimeStatus.ToString(),
        ["input"] = showInput ? Token(one.SerializedInput) : null,
        ["customStatus"] = Token(one.SerializedCustomStatus),
        ["output"] = one.FailureDetails is { } failure ? failure.ErrorMessage : Token(one.SerializedOutput),
        ["createdTime"] = Time(one.CreatedAt),
        ["lastUpdatedTime"] = Time(one.LastUpdatedAt),
    };

    private static JsonNode Event(HistoryEntry entry) => new JsonObject
    {
        ["EventType"] = entry.Kind,
        ["Timestamp"] = entry.Time.UtcDateTime,
        ["FunctionName"] = entry.Name,
    };

    private static JsonNode? Token(string? json) => json is null ? null : JsonNode.Parse(json);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture) + "Z";
}
