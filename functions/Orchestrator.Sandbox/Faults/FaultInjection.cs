using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Faults;

/// <summary>
/// Stands in front of one stand-in. <c>POST /_sandbox/faults</c> adds rules (one, an array, or <c>{"rules":[…]}</c>),
/// <c>GET</c> lists them with counts, <c>DELETE</c> clears; <c>POST /_sandbox/clock {"advanceSeconds":n}</c> moves the sandbox's clock.
/// </summary>
internal sealed class FaultInjection(SandboxClock clock)
{
    private readonly FaultRules _rules = new();

    public void Map(WebApplication app)
    {
        app.Use(InvokeAsync);
        app.MapGet("/_sandbox/faults", (RequestDelegate)ListAsync);
        app.MapPost("/_sandbox/faults", (RequestDelegate)AddAsync);
        app.MapDelete("/_sandbox/faults", (RequestDelegate)(context =>
        {
            _rules.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }));
        app.MapPost("/_sandbox/clock", (RequestDelegate)AdvanceAsync);
        app.MapGet("/_sandbox/clock", (RequestDelegate)TellTimeAsync);
    }

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/_sandbox", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        foreach (var fault in _rules.Take(context.Request.Method, context.Request.Path))
        {
            switch (fault)
            {
                case Fault.Latency latency:
                    await Task.Delay(latency.Wait, context.RequestAborted);
                    break;
                case Fault.CutBefore:
                    context.Abort();
                    return;
                case Fault.CutAfter:
                    await SwallowAsync(context, next);
                    context.Abort();
                    return;
                case Fault.Status status:
                    await AnswerAsync(context, next, status);
                    return;
                case Fault.WrongAnswer wrong:
                    await AnswerAsync(context, next, wrong);
                    return;
                default:
                    throw new UnreachableException();
            }
        }

        await next(context);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Fault.Status fault)
    {
        if (fault.AfterEffect)
        {
            await SwallowAsync(context, next);
            context.Response.Headers.Clear();
        }

        foreach (var (name, value) in fault.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await Wire.AnswerAsync(context, fault.Code, fault.ContentType, Encoding.UTF8.GetBytes(fault.Body));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Fault.WrongAnswer fault)
    {
        byte[] right = await SwallowAsync(context, next);
        byte[] wrong = fault.Body is { } body ? Encoding.UTF8.GetBytes(body) : right[..Math.Min(right.Length, fault.TruncateTo ?? 0)];
        await Wire.AnswerAsync(context, context.Response.StatusCode, fault.ContentType ?? context.Response.ContentType ?? "application/json", wrong);
    }

    /// <summary>Lets the stand-in do its work in full, and keeps what it answers from the caller.</summary>
    private static async Task<byte[]> SwallowAsync(HttpContext context, RequestDelegate next)
    {
        var caller = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var kept = new MemoryStream();
        var keeper = new StreamResponseBodyFeature(kept);
        context.Features.Set<IHttpResponseBodyFeature>(keeper);
        try
        {
            await next(context);
            await keeper.CompleteAsync();
        }
        finally
        {
            context.Features.Set(caller);
        }

        return kept.ToArray();
    }

    private Task ListAsync(HttpContext context) => Wire.AnswerAsync(context, 200, new JsonObject { ["rules"] = _rules.Describe() });

    private async Task AddAsync(HttpContext context)
    {
        var body = JsonReading.Parse(await Wire.ReadAsync(context, Wire.OneMegabyte) ?? []);
        JsonObject[]? sources = body switch
        {
            JsonObject many when many["rules"] is JsonArray array => [.. array.OfType<JsonObject>()],
            JsonArray array => [.. array.OfType<JsonObject>()],
            JsonObject one => [one],
            _ => null,
        };
        if (sources is null or [])
        {
            await Wire.RefuseAsync(context, "A fault rule is a JSON object; several are an array or {\"rules\": […]}.");
            return;
        }

        List<FaultRule> rules = [];
        foreach (var source in sources)
        {
            if (FaultRuleReader.Read(source, out string problem) is not { } rule)
            {
                await Wire.RefuseAsync(context, problem);
                return;
            }

            rules.Add(rule);
        }

        _rules.Add(rules);
        await ListAsync(context);
    }

    private async Task AdvanceAsync(HttpContext context)
    {
        var body = await Wire.ReadObjectAsync(context);
        if (body?.Number("advanceSeconds") is not (>= 0 and <= 1e10 and var seconds))
        {
            await Wire.RefuseAsync(context, "advanceSeconds is a number, 0 or more: the sandbox's clock only goes forward.");
            return;
        }

        clock.Advance(TimeSpan.FromSeconds(seconds));
        await TellTimeAsync(context);
    }

    private Task TellTimeAsync(HttpContext context) => Wire.AnswerAsync(context, 200, new JsonObject { ["now"] = clock.GetUtcNow() });
}
