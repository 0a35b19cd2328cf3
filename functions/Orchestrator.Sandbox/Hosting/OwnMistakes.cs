using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// Says so when a stand-in itself fails: there is no log to look into, and a 500 without a word would be taken for the
/// service's. The status is one that none of the services sends.
/// </summary>
internal static class OwnMistakes
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
#pragma warning disable CA1031 // whatever it is, the caller is the only one who can be told
        catch (Exception mistake) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            string what = $"The sandbox failed at {context.Request.Method} {context.Request.Path}: {mistake}";
            await Wire.AnswerAsync(context, StatusCodes.Status510NotExtended, new JsonObject { ["error"] = what });
        }
    }
}
