using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Serving;

/// <summary>What only this head can say of itself, to whoever has the operator token.</summary>
internal static class LocalRoutes
{
    public const string Integrity = "local/integrity";

    public static void Map(WebApplication app, string operatorToken)
    {
        byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + operatorToken));
        app.Map("/" + Integrity, (IApplicationBuilder branch) => branch.Run(async context =>
        {
            if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString())), expected))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            IntegrityReport report = await context.RequestServices.GetRequiredService<DurableEngine>().VerifyAsync(context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, new(report.IsIntact, report.Finding), ApiJson.Default.ApiIntegrity, context.RequestAborted);
        }));
    }
}
