using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Graph;

/// <summary>Errors in Microsoft Graph's shape (learn.microsoft.com/graph/errors).</summary>
internal static class GraphErrors
{
    public static Task UnauthorizedAsync(HttpContext context, bool tokenShown, DateTimeOffset now) =>
        AnswerAsync(context, 401, "InvalidAuthenticationToken", tokenShown ? "Access token validation failure. Invalid audience." : "Access token is empty.", now);

    public static Task NoMailboxAsync(HttpContext context, string mailbox, DateTimeOffset now) =>
        AnswerAsync(context, 404, "ErrorInvalidUser", $"The requested user '{mailbox}' is invalid.", now);

    public static Task NoMessageAsync(HttpContext context, DateTimeOffset now) =>
        AnswerAsync(context, 404, "ErrorItemNotFound", "The specified object was not found in the store.", now);

    public static Task NoSubscriptionAsync(HttpContext context, DateTimeOffset now) =>
        AnswerAsync(context, 404, "ResourceNotFound", "The object was not found.", now);

    public static Task InvalidAsync(HttpContext context, string message, DateTimeOffset now) => AnswerAsync(context, 400, "InvalidRequest", message, now);

    public static Task ValidationAsync(HttpContext context, string message, DateTimeOffset now) => AnswerAsync(context, 400, "ValidationError", message, now);

    private static Task AnswerAsync(HttpContext context, int status, string code, string message, DateTimeOffset now)
    {
        string request = Guid.NewGuid().ToString();
        context.Response.Headers["request-id"] = request;
        return Wire.AnswerAsync(context, status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["innerError"] = new JsonObject
                {
                    ["date"] = now.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture),
                    ["request-id"] = request,
                    ["client-request-id"] = context.Request.Headers["client-request-id"].FirstOrDefault() ?? request,
                },
            },
        });
    }
}
