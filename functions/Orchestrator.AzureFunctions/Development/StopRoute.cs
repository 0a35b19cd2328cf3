using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.AzureFunctions.Development;

/// <summary>
/// <c>POST /local/stop</c>, on a machine of one's own alone: kills this worker as a power cut would, for whoever has the operator token, so that tests can see a case go on afterwards.
/// The Functions host starts another worker by itself.
/// </summary>
internal static class StopRoute
{
    /// <summary>For the answer to reach its caller through the host.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    public static void Map(IApplicationBuilder app, string operatorToken)
    {
        byte[] expected = Hash("Bearer " + operatorToken);
        app.Map("/local/stop", branch => branch.Run(context => AnswerAsync(context, expected)));
    }

    private static Task AnswerAsync(HttpContext context, byte[] expected)
    {
        if (!CryptographicOperations.FixedTimeEquals(Hash(context.Request.Headers.Authorization.ToString()), expected))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        context.Response.OnCompleted(KillAsync);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"processId":{{Environment.ProcessId}}}""", context.RequestAborted);
    }

    private static async Task KillAsync()
    {
        await Task.Delay(Grace);
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
