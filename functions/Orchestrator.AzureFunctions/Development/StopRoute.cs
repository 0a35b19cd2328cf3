using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.AzureFunctions.Development;

/// <summary>
/// <c>POST /local/stop</c>, on a machine of one's own alone: ends this worker, whatever it is doing, for whoever has the operator token, so that tests can see a case go on afterwards.
/// The Functions host starts another worker by itself.
/// </summary>
internal static class StopRoute
{
    /// <summary>The exit that the host takes for a wish to be started again (WorkerConstants.IntentionalRestartExitCode); of any other it bears two in half an hour.</summary>
    private const int StartAgain = 200;

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

        context.Response.OnCompleted(ExitAsync);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"processId":{{Environment.ProcessId}}}""", context.RequestAborted);
    }

    private static async Task ExitAsync()
    {
        await Task.Delay(Grace);
        Environment.Exit(StartAgain);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
