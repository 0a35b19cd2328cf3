using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Operations.Cases;

namespace Orchestrator.Operations.Watching;

/// <summary>What operators must not learn from a customer. Each is a number that should be zero.</summary>
/// <param name="Failed">Orchestrations that stopped by an error and wait to be mended.</param>
/// <param name="Stuck">Cases that wait for no person and no date, and have not moved for <see cref="Patience"/>; or whose date is so long past.</param>
/// <param name="NearDeadline">Open approvals that end undecided within <see cref="Notice"/>.</param>
/// <param name="RefundsFailedAfterAnnouncement">Refunds that failed at the bank after the customer was told, within the last <see cref="Notice"/>.</param>
public sealed record CaseFigures(int Failed, int Stuck, int NearDeadline, int RefundsFailedAfterAnnouncement)
{
    /// <summary>Longer than the retries of any one step outside take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan Notice = TimeSpan.FromHours(1);

    internal static CaseFigures Of(IReadOnlyList<CaseView> cases, IReadOnlyList<ApprovalRound> open, DateTimeOffset now) => new(
        cases.Count(one => one.Standing == CaseStanding.Failed),
        cases.Count(one => IsStuck(one, now)),
        open.Count(round => round.IsOpen && round.DecideBy > now && round.DecideBy - now <= Notice),
        cases.Count(one => one.End == CaseEnd.RefundFailed && now - one.UpdatedAt <= Notice));

    private static bool IsStuck(CaseView one, DateTimeOffset now) => one.Standing switch
    {
        CaseStanding.Working => now - one.UpdatedAt > Patience,
        CaseStanding.AwaitingApproval or CaseStanding.AwaitingCustomer or CaseStanding.Settling => one.Until is { } until && now - until > Patience,
        _ => false,
    };
}
