namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// Refuses requests that a browser was talked into: a foreign host name pointed at 127.0.0.1, or a foreign page posting here.
/// </summary>
internal static class LoopbackOnly
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string origin = context.Request.Headers.Origin.ToString();
        bool foreign = origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.IsLoopback);
        if (!foreign && context.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("The sandbox answers on 127.0.0.1 and localhost only.", context.RequestAborted);
    }
}
