using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.Cases;

/// <summary>One row of the list: the case, and whose it is.</summary>
public sealed record CaseRow(CaseView Case, string? Customer, string? Subject);

/// <summary>A page of the list with the numbers above it.</summary>
/// <param name="Counts">Cases by filter name.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
/// <param name="More">Whether there are older cases than lists look at.</param>
public sealed record CaseListView(
    string? Standing,
    string? Search,
    IReadOnlyList<CaseRow> Rows,
    IReadOnlyDictionary<string, int> Counts,
    CaseNumbers Numbers,
    string? Next,
    bool More,
    DateTimeOffset Now,
    Visitor Who);

/// <summary>Five numbers before anything else.</summary>
/// <param name="Failing">Those that failed, and those with a step that failed and is tried again.</param>
/// <param name="OldestWait">How long the case that waits longest was not touched.</param>
/// <param name="RefundedToday">By currency, since midnight UTC.</param>
public sealed record CaseNumbers(int Open, int WaitingForPeople, int Failing, TimeSpan? OldestWait, IReadOnlyList<string> RefundedToday);

/// <summary>Everything about one case.</summary>
/// <param name="File">The personal side; null once erased.</param>
/// <param name="Acts">What can be done to it by hand now.</param>
/// <param name="MayAct">Whether this visitor may.</param>
public sealed record CaseDetailView(
    CaseView Case,
    CaseFile? File,
    IReadOnlyList<ApprovalRound> Rounds,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<AuditRecord> Audit,
    string? IdempotencyKey,
    IReadOnlyList<CaseAct> Acts,
    bool MayAct,
    DateTimeOffset Now,
    Visitor Who,
    FormToken Token,
    ErrorModel? Alert = null)
{
    /// <summary>Cases that somebody else opened in the same thread: they change nothing here.</summary>
    public IReadOnlyList<string> Strangers { get; init; } = [];
}
