using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.AuditTrail;

/// <summary>The audit log for people.</summary>
internal static class AuditPages
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/audit", [HttpMethods.Get, HttpMethods.Head], ShowAsync);

    private static async Task<IResult> ShowAsync(string? @case, string? verify, HttpContext context, AuditReader reader, CancellationToken cancellationToken) =>
        Answer.Page<AuditLogPage>(await reader.ReadAsync(@case, verify == "yes", context, cancellationToken));
}
