using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Models;

/// <summary>
/// A model gateway that speaks OpenAI's chat completions, with virtual keys and usage per key. It does not think: it says
/// what <c>/_sandbox/models/replies</c> told it to, or that it is unsure. It keeps every request as it came.
/// </summary>
internal sealed class ModelsStandIn : IStandIn
{
    public const string Model = "sandbox-reader";

    private readonly SandboxClock _clock;
    private readonly VirtualKeys _keys = new();
    private readonly ScriptedReplies _replies = new();
    private readonly ConcurrentQueue<JsonObject> _requests = new();
    private int _completions;

    public ModelsStandIn(SandboxClock clock, Credentials credentials)
    {
        _clock = clock;
        _keys.Add(credentials.ModelsKey, "default", null);
    }

    public string Name => "models";

    public void Map(WebApplication app)
    {
        app.MapPost("/v1/chat/completions", (RequestDelegate)CompleteAsync);
        app.MapGet("/v1/models", (RequestDelegate)ListModelsAsync);
        app.MapGet("/_sandbox/models/usage", (RequestDelegate)(context => Wire.AnswerAsync(context, 200, new JsonObject { ["usage"] = _keys.Describe() })));
        app.MapGet("/_sandbox/models/requests", (RequestDelegate)(context =>
            Wire.AnswerAsync(context, 200, new JsonObject { ["requests"] = new JsonArray([.. _requests.Select(one => one.DeepClone())]) })));
        app.MapDelete("/_sandbox/models/requests", (RequestDelegate)(context => Clear(context, _requests.Clear)));
        app.MapPost("/_sandbox/models/replies", (RequestDelegate)ScriptAsync);
        app.MapDelete("/_sandbox/models/replies", (RequestDelegate)(context => Clear(context, _replies.Clear)));
        app.MapPost("/_sandbox/models/keys", (RequestDelegate)AddKeyAsync);
    }

    public void Dispose()
    {
    }

    private static Task Clear(HttpContext context, Action clear)
    {
        clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task CompleteAsync(HttpContext context)
    {
        if (_keys.Find(Wire.BearerToken(context)) is not { } key)
        {
            await RefuseAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
            return;
        }

        var body = await Wire.ReadObjectAsync(context);
        if (body?["messages"] is not JsonArray { Count: > 0 } messages || body.Text("model") is not { } model)
        {
            await RefuseAsync(context, 400, null, "model and messages are required.");
            return;
        }

        if (model != Model)
        {
            await RefuseAsync(context, 404, "model_not_found", $"The model '{model}' does not exist or you do not have access to it.");
            return;
        }

        if (body.Flag("stream") == true)
        {
            await RefuseAsync(context, 400, "unsupported_value", "This gateway does not stream.");
            return;
        }

        if (!key.Admits())
        {
            await RefuseAsync(context, 429, "insufficient_quota", "You exceeded your current quota.");
            return;
        }

        string prompt = string.Join('\n', messages.OfType<JsonObject>().Select(Text));
        string reply = _replies.Take(prompt) ?? UnsureReply.For(body.Child("response_format")?.Child("json_schema")?.Child("schema"));
        var (promptTokens, completionTokens) = (Tokens(prompt), Tokens(reply));
        key.Use(promptTokens, completionTokens);
        _requests.Enqueue(new JsonObject { ["time"] = _clock.GetUtcNow(), ["key"] = key.Name, ["request"] = body.DeepClone(), ["reply"] = reply });
        await Wire.AnswerAsync(context, 200, Completion(reply, promptTokens, completionTokens));
    }

    private JsonObject Completion(string reply, long promptTokens, long completionTokens) => new()
    {
        ["id"] = $"chatcmpl-sandbox{Interlocked.Increment(ref _completions)}",
        ["object"] = "chat.completion",
        ["created"] = _clock.GetUtcNow().ToUnixTimeSeconds(),
        ["model"] = Model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = reply, ["refusal"] = null },
            ["logprobs"] = null,
            ["finish_reason"] = "stop",
        }),
        ["usage"] = new JsonObject
        {
            ["prompt_tokens"] = promptTokens,
            ["completion_tokens"] = completionTokens,
            ["total_tokens"] = promptTokens + completionTokens,
        },
    };

    private async Task ListModelsAsync(HttpContext context)
    {
        if (_keys.Find(Wire.BearerToken(context)) is null)
        {
            await RefuseAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
            return;
        }

        var model = new JsonObject { ["id"] = Model, ["object"] = "model", ["created"] = 0, ["owned_by"] = "sandbox" };
        await Wire.AnswerAsync(context, 200, new JsonObject { ["object"] = "list", ["data"] = new JsonArray(model) });
    }

    private async Task ScriptAsync(HttpContext context)
    {
        if (await Wire.ReadObjectAsync(context) is not { } script || !_replies.Add(script))
        {
            await Wire.RefuseAsync(context, "Give {\"replies\": […]} for the next answers in order, or {\"match\": \"text in the prompt\", \"reply\": …}.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task AddKeyAsync(HttpContext context)
    {
        var body = await Wire.ReadObjectAsync(context);
        if (body?.Text("key") is not { Length: > 0 } key)
        {
            await Wire.RefuseAsync(context, "key is a text, not empty.");
            return;
        }

        _keys.Add(key, body.Text("name") ?? "unnamed", body.Whole("requestLimit"));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A message's content: a text, or parts of which some are text.</summary>
    private static string Text(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Join('\n', parts.OfType<JsonObject>().Select(part => part.Text("text"))),
        var content => content.Text() ?? "",
    };

    /// <summary>About four characters to a token.</summary>
    private static long Tokens(string text) => (text.Length + 3) / 4;

    private static Task RefuseAsync(HttpContext context, int status, string? code, string message) =>
        Wire.AnswerAsync(context, status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = status == 429 ? "insufficient_quota" : "invalid_request_error",
                ["param"] = null,
                ["code"] = code,
            },
        });
}
