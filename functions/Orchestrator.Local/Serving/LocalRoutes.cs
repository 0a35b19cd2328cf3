using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.Backups;
using Orchestrator.Local.Running;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Serving;

/// <summary>What only this head can say of itself or do, for whoever has the operator token.</summary>
internal static class LocalRoutes
{
    public const string Integrity = "local/integrity";

    /// <summary>Leaves a backup in the state folder and says its name; POST alone. Where it goes from there is not for a request to say.</summary>
    public const string Backup = "local/backup";

    public static void Map(WebApplication app, StateFolder folder, string operatorToken)
    {
        byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + operatorToken));
        app.Map("/" + Integrity, Owned(expected, async (context, engine) =>
        {
            IntegrityReport report = await engine.VerifyAsync(context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, report, ApiJson.Default.IntegrityReport, context.RequestAborted);
        }));
        app.Map("/" + Backup, Owned(expected, (context, engine) => BackupAsync(context, engine, folder)));
    }

    private static async Task BackupAsync(HttpContext context, DurableEngine engine, StateFolder folder)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        try
        {
            TimeProvider clock = context.RequestServices.GetRequiredService<TimeProvider>();
            BackupDone done = await StateBackup.WriteAsync(folder, folder.In($"backup-{Guid.NewGuid():N}.tar"), engine.BackupAsync, clock, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, done, LocalJson.Default.BackupDone, context.RequestAborted);
        }
        catch (LocalException refused)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            context.Response.ContentType = "application/problem+json";
            await JsonSerializer.SerializeAsync(
                context.Response.Body, new("urn:orchestrator:no-backup", "No backup", StatusCodes.Status409Conflict, refused.Message, null, null), ApiJson.Default.ApiProblem, context.RequestAborted);
        }
    }

    private static Action<IApplicationBuilder> Owned(byte[] expected, Func<HttpContext, DurableEngine, Task> answer) => branch => branch.Run(async context =>
    {
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString())), expected))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await answer(context, context.RequestServices.GetRequiredService<DurableEngine>());
    });
}
