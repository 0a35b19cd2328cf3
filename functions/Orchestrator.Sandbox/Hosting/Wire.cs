using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>JSON in and out of a request, the same for every stand-in.</summary>
internal static class Wire
{
    /// <summary>A limit for bodies that have none of their own.</summary>
    public const int OneMegabyte = 1 << 20;

    /// <summary>The whole body, or null when it is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            return null;
        }

        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(piece.AsSpan(0, read));
        }

        return body.ToArray();
    }

    /// <summary>The body as a JSON object, or null when it is none.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(HttpContext context, int limit = OneMegabyte) =>
        await ReadAsync(context, limit) is { } body ? JsonReading.ParseObject(body) : null;

    public static Task AnswerAsync(HttpContext context, int status, JsonNode body) =>
        AnswerAsync(context, status, "application/json; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static async Task AnswerAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A control route's no, in a sentence for whoever writes the test.</summary>
    public static Task RefuseAsync(HttpContext context, string why) =>
        AnswerAsync(context, StatusCodes.Status400BadRequest, new JsonObject { ["error"] = why });

    /// <summary>The token of <c>Authorization: Bearer</c>, or null.</summary>
    public static string? BearerToken(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }
}
