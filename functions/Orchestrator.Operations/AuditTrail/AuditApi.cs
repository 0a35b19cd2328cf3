using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.AuditTrail;

/// <summary>The audit log for programs: a page of it, its verdict, and the whole as JSON lines.</summary>
internal static class AuditApi
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/audit", ListAsync);
        endpoints.MapGet("/api/audit/verify", VerifyAsync);
        endpoints.MapGet("/api/audit/export", ExportAsync);
    }

    private static async Task<IResult> ListAsync(string? @case, string? limit, AuditReader reader, CancellationToken cancellationToken)
    {
        int count = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, 1_000) : AuditReader.Shown;
        return Answer.Json(new AuditPage(await reader.NewestAsync(@case, count, cancellationToken)), OperationsJson.Default.AuditPage);
    }

    private static async Task<IResult> VerifyAsync(IAuditLog audit, CancellationToken cancellationToken)
    {
        AuditVerdict verdict = await audit.VerifyAsync(cancellationToken);
        return Answer.Json(new AuditFinding(verdict.Holds, verdict.Records, verdict.FirstBad, verdict.Finding), OperationsJson.Default.AuditFinding);
    }

    private static async Task ExportAsync(string? @case, HttpContext context, IAuditLog audit, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        await foreach (AuditRecord record in audit.ReadAsync(string.IsNullOrWhiteSpace(@case) ? null : @case, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, record, AgentsJson.Default.AuditRecord, cancellationToken);
            await context.Response.Body.WriteAsync(LineEnd, cancellationToken);
        }
    }
}

/// <summary>Newest first.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditRecord> Records);

internal sealed record AuditFinding(bool Holds, long Records, long? FirstBad, string Finding);
