using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Cases;

/// <summary>Collects what lists and details of cases show, for pages and API alike. Reads only.</summary>
internal sealed class CaseReader(CaseBoard board, ICaseFiles files, IApprovalStore approvals, IAuditLog audit, IOrchestrationClient orchestrations, Visitors visitors, People people, TimeProvider clock)
{
    public async Task<CaseListView> ListAsync(CaseFilter filter, HttpContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<CaseView> all = filter.Id is { } id ? await board.WithIdAsync(id, cancellationToken) : await board.ListAsync(cancellationToken);
        IReadOnlyList<CaseView> found = filter.Search is { } text ? await board.SearchAsync(all, text, cancellationToken) : all;
        CaseView[] matching = [.. found.Where(filter.Matches)];
        int start = filter.Cursor is { } cursor ? Array.FindIndex(matching, one => one.CaseId == cursor) + 1 : 0;
        CaseView[] page = [.. matching.Skip(start).Take(filter.Limit)];
        List<CaseRow> rows = [];
        foreach (CaseView one in page)
        {
            CaseFile? file = await files.FindAsync(FileId(one.CaseId), cancellationToken);
            rows.Add(new(one, file?.CustomerName ?? file?.First.From.Name ?? file?.First.From.Address, file?.First.Subject));
        }

        DateTimeOffset now = clock.GetUtcNow();
        bool more = start + page.Length < matching.Length && page.Length > 0;
        return new(filter.Standing, filter.Search, rows, Count(found), Numbers(all, now), more ? page[^1].CaseId : null, all.Count == CaseBoard.Window, now, visitors.Of(context)!);
    }

    public async Task<CaseDetailView?> FindAsync(string caseId, HttpContext context, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(caseId, cancellationToken) is not { } one)
        {
            return null;
        }

        List<AuditRecord> records = [];
        await foreach (AuditRecord record in audit.ReadAsync(caseId, cancellationToken))
        {
            records.Add(record);
        }

        return new(
            one,
            await files.FindAsync(FileId(caseId), cancellationToken),
            await approvals.ListAsync(caseId, cancellationToken),
            await orchestrations.GetOrchestrationHistoryAsync(caseId, cancellationToken),
            records,
            records.LastOrDefault(record => record.Entry.Tool == Tools.RefundsCreate)?.Entry.IdempotencyKey,
            // Whoever operates sees what they may do; whoever only reads sees what operators could.
            [.. CaseAct.For(one).Where(act => people.Is(act.Role, context.User) || !people.Is(Role.Operator, context.User))],
            CaseAct.For(one).Any(act => people.Is(act.Role, context.User)),
            clock.GetUtcNow(),
            visitors.Of(context)!,
            visitors.Token(context))
        {
            Strangers = await files.ListStrangersAsync(FileId(caseId), cancellationToken),
        };
    }

    /// <summary>The case file of a failed refund's own orchestration is that of its case.</summary>
    internal static string FileId(string caseId) => CaseIds.ClosedCaseOf(caseId) ?? caseId;

    private static Dictionary<string, int> Count(IReadOnlyList<CaseView> cases)
    {
        Dictionary<string, int> counts = Enum.GetValues<CaseStanding>().ToDictionary(CaseStandings.NameOf, standing => cases.Count(one => one.Standing == standing));
        counts["open"] = cases.Count(one => one.IsOpen);
        counts["needs-person"] = cases.Count(one => one.NeedsPerson);
        counts["all"] = cases.Count;
        return counts;
    }

    private static CaseNumbers Numbers(IReadOnlyList<CaseView> cases, DateTimeOffset now)
    {
        CaseView[] waiting = [.. cases.Where(one => one.Standing == CaseStanding.AwaitingApproval)];
        DateTimeOffset midnight = new(now.UtcDateTime.Date, TimeSpan.Zero);
        return new(
            cases.Count(one => one.IsOpen),
            waiting.Length,
            cases.Count(one => one.Standing == CaseStanding.Failed || one.Retry is not null),
            waiting.Length == 0 ? null : now - waiting.Min(one => one.UpdatedAt),
            [
                .. cases.Where(one => one is { Refund: not null, Amount: not null, Standing: CaseStanding.Refunded or CaseStanding.Settling } && one.UpdatedAt >= midnight)
                    .GroupBy(one => one.Amount!.Currency, one => one.Amount!.MinorUnits)
                    .OrderBy(sum => sum.Key, StringComparer.Ordinal)
                    .Select(sum => new Money(sum.Sum(), Currency.Parse(sum.Key)).ToString()),
            ]);
    }
}
