using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Approvals;

/// <summary>
/// Puts on the record that something without a sign-in came to an approval (mail scanners open links before people do), or that a form about one was forged. Once an hour per
/// approval and kind, and at most sixty an hour in all, so that nobody can fill the log from outside. Whoever is signed in and reads leaves nothing.
/// </summary>
internal sealed class ScannerNotes(IApprovalStore store, IAuditLog audit, TimeProvider clock)
{
    private const int PerHour = 60;

    private readonly Lock _gate = new();
    private readonly HashSet<(string, string)> _seen = [];
    private DateTimeOffset _hour;

    public async Task NoteAsync(HttpContext context)
    {
        string[] path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool signedOut = context.User.Identity?.IsAuthenticated != true;
        string method = context.Request.Method;
        if (path is not ["approvals", var id, ..] || id.Length > 80 || !signedOut)
        {
            return;
        }

        string tool = HttpMethods.IsPost(method) ? "approvals.decide" : "approvals.view";
        await NoteAsync(id, "scanner", tool, "refused: signed out", context.RequestAborted);
    }

    /// <summary>A form that none of our pages showed to whoever sent it: another site's, or one from before they signed in.</summary>
    public Task NoteForgedAsync(string id, HttpContext context) =>
        NoteAsync(id, context.User.FindFirst(OperationsClaims.Id) is { } who ? "person/" + who.Value : "scanner", "approvals.decide", "refused: forged", context.RequestAborted);

    private async Task NoteAsync(string id, string actor, string tool, string outcome, CancellationToken cancellationToken)
    {
        // Ids that nobody issued use up nothing: made-up links can't hide the visits to real ones.
        if (id.Length <= 80 && await store.FindAsync(id, cancellationToken) is not null && FirstThisHour(id, $"{actor} {tool} {outcome}"))
        {
            await audit.AppendAsync(Entry(clock.GetUtcNow(), id, actor, tool, outcome), CancellationToken.None);
        }
    }

    /// <summary>An entry about an approval that is no decision. The case id is read off the approval id.</summary>
    private static AuditEntry Entry(DateTimeOffset at, string approvalId, string actor, string tool, string outcome)
    {
        int round = approvalId.LastIndexOf("-r", StringComparison.Ordinal);
        string id = approvalId.Length <= 80 ? approvalId : approvalId[..80];
        return new(at, round > 0 && approvalId.Length <= 80 ? approvalId[..round] : null, actor, tool, new ActArguments().With("approval", id).ToJson(), [], null, null, null, null, null, outcome);
    }

    private bool FirstThisHour(string id, string kind)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now - _hour >= TimeSpan.FromHours(1))
            {
                _seen.Clear();
                _hour = now;
            }

            return _seen.Count < PerHour && _seen.Add((id, kind));
        }
    }
}
