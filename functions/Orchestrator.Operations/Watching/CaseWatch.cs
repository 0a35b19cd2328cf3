using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;
using Orchestrator.Operations.Cases;

namespace Orchestrator.Operations.Watching;

/// <summary>Looks at all cases, and at the audit log, for what somebody has to be told of. Heads call it on a clock; alert rules read the figures.</summary>
public sealed partial class CaseWatch
{
    /// <summary>What stopped longer ago was told then, also by a head that was down meanwhile for a weekend.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(3);

    private readonly CaseBoard _board;
    private readonly IApprovalStore _approvals;
    private readonly IAuditLog _audit;
    private readonly IOrchestrationClient _orchestrations;
    private readonly TimeProvider _clock;
    private readonly ILogger<CaseWatch> _logger;

    internal CaseWatch(CaseBoard board, IApprovalStore approvals, IAuditLog audit, IOrchestrationClient orchestrations, TimeProvider clock, ILogger<CaseWatch> logger) =>
        (_board, _approvals, _audit, _orchestrations, _clock, _logger) = (board, approvals, audit, orchestrations, clock, logger);

    public async Task<CaseFigures> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CaseView> cases = await _board.ListAsync(cancellationToken);
        var figures = CaseFigures.Of(cases, await _approvals.ListAsync(null, cancellationToken), _clock.GetUtcNow());
        OperationsTelemetry.CasesFailed.Record(figures.Failed);
        OperationsTelemetry.CasesStuck.Record(figures.Stuck);
        OperationsTelemetry.ApprovalsNearDeadline.Record(figures.NearDeadline);
        OperationsTelemetry.RefundsFailedAfterAnnouncement.Record(figures.RefundsFailedAfterAnnouncement);
        if (figures is not { Failed: 0, Stuck: 0, NearDeadline: 0, RefundsFailedAfterAnnouncement: 0 })
        {
            NeedsPeople(_logger, figures.Failed, figures.Stuck, figures.NearDeadline, figures.RefundsFailedAfterAnnouncement);
        }

        await TellOfStoppedAsync(cases, cancellationToken);
        return figures;
    }

    /// <summary>One card for each case that an error stopped lately.</summary>
    private async Task TellOfStoppedAsync(IReadOnlyList<CaseView> cases, CancellationToken cancellationToken)
    {
        DateTimeOffset since = _clock.GetUtcNow() - Lately;
        foreach (CaseView one in cases.Where(one => one.Standing == CaseStanding.Failed && one.UpdatedAt >= since))
        {
            try
            {
                await _orchestrations.ScheduleNewOrchestrationInstanceAsync(
                    StoppedCase.Definition, new(one.CaseId, one.Refund is not null), StoppedCase.InstanceId(one.CaseId, one.UpdatedAt), cancellationToken);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // Told before.
            }
        }
    }

    /// <summary>
    /// Walks the audit chain and says so when it does not hold. It stops nothing: cases in flight are owed their end, and whoever damaged the log must not gain that.
    /// </summary>
    public async Task<AuditVerdict> VerifyAuditAsync(CancellationToken cancellationToken)
    {
        AuditVerdict verdict;
        try
        {
            verdict = await _audit.VerifyAsync(cancellationToken);
        }
        catch (Exception unreadable) when (!cancellationToken.IsCancellationRequested)
        {
            verdict = new(0, 0, $"The log can't be read: {unreadable.Message}");
        }

        OperationsTelemetry.AuditBroken.Record(verdict.Holds ? 0 : 1);
        if (!verdict.Holds)
        {
            AuditBroken(_logger, verdict.Finding);
        }

        return verdict;
    }

    [LoggerMessage(5201, LogLevel.Warning, "{Failed} cases failed, {Stuck} are stuck, {NearDeadline} approvals are near their deadline, {RefundsFailed} refunds failed after they were announced. The console's list 'needs a person' names them.")]
    private static partial void NeedsPeople(ILogger logger, int failed, int stuck, int nearDeadline, int refundsFailed);

    [LoggerMessage(5202, LogLevel.Critical, "The audit log is not as it was written: {Finding} Keep the records as they are, compare them with a backup, and find out who wrote to them.")]
    private static partial void AuditBroken(ILogger logger, string finding);
}
