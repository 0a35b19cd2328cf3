using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Approvals;

/// <summary>Collects the queue. Open ones stand by their deadline, done ones by when they ended. Reads only.</summary>
internal sealed class QueueReader(IApprovalStore store, ICaseFiles files, ApprovalReader approvals, Visitors visitors, TimeProvider clock)
{
    private const int DoneShown = 100;

    public async Task<QueueView> ReadAsync(string? view, HttpContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ApprovalRound[] open = [.. (await store.ListAsync(null, cancellationToken)).Where(round => round.IsOpen).OrderBy(round => round.DecideBy)];
        List<ApprovalRound> mine = [];
        foreach (ApprovalRound round in open)
        {
            if (approvals.MayNot(round, context.User, await files.FindAsync(round.Proposal.CaseId, cancellationToken)) is null)
            {
                mine.Add(round);
            }
        }

        string shown = view is "open" or "done" ? view : "needs-me";
        IReadOnlyList<ApprovalRound> rounds = shown switch
        {
            "open" => open,
            "done" => await store.ListConcludedAsync(DoneShown, cancellationToken),
            _ => mine,
        };
        return new(shown, mine.Count, open.Length, rounds, now, visitors.Of(context)!);
    }
}
