using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Audit;
using Orchestrator.Operations.Layout;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.AuditTrail;

/// <summary>Reads the audit log for pages and API, newest first where people read.</summary>
internal sealed class AuditReader(IAuditLog audit, Visitors visitors)
{
    public const int Shown = 200;

    public async Task<AuditView> ReadAsync(string? caseId, bool verify, HttpContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditRecord> records = await NewestAsync(caseId, Shown + 1, cancellationToken);
        return new(Blank(caseId), [.. records.Take(Shown)], records.Count > Shown, verify ? await audit.VerifyAsync(cancellationToken) : null, visitors.Of(context)!);
    }

    public async Task<IReadOnlyList<AuditRecord>> NewestAsync(string? caseId, int limit, CancellationToken cancellationToken)
    {
        var newest = new Queue<AuditRecord>();
        await foreach (AuditRecord record in audit.ReadAsync(Blank(caseId), cancellationToken))
        {
            newest.Enqueue(record);
            if (newest.Count > limit)
            {
                newest.Dequeue();
            }
        }

        return [.. newest.Reverse()];
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A page of the audit log.</summary>
/// <param name="More">Whether there are older records than shown.</param>
public sealed record AuditView(string? CaseId, IReadOnlyList<AuditRecord> Records, bool More, AuditVerdict? Verdict, Visitor Who);
