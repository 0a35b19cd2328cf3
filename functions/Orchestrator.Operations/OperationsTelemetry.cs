using System.Diagnostics.Metrics;

namespace Orchestrator.Operations;

/// <summary>The names under which the web surface is seen from outside.</summary>
public static class OperationsTelemetry
{
    public const string Name = "Orchestrator.Operations";

    private static readonly Meter Meter = new(Name);

    /// <summary>Decisions by kind and result: <c>counted</c> or the refusal.</summary>
    internal static readonly Counter<long> Decisions = Meter.CreateCounter<long>("orchestrator.operations.decisions");

    /// <summary>Mails that came to the inbox, by result.</summary>
    internal static readonly Counter<long> Mails = Meter.CreateCounter<long>("orchestrator.operations.mails");

    /// <summary>Webhook deliveries by event type and result.</summary>
    internal static readonly Counter<long> Webhooks = Meter.CreateCounter<long>("orchestrator.operations.webhooks");

    /// <summary>Sign-ins by result.</summary>
    internal static readonly Counter<long> SignIns = Meter.CreateCounter<long>("orchestrator.operations.sign_ins");

    /// <summary>The figures of <see cref="Watching.CaseFigures"/>, each time somebody looked.</summary>
    internal static readonly Gauge<long> CasesFailed = Meter.CreateGauge<long>("orchestrator.cases.failed");
    internal static readonly Gauge<long> CasesStuck = Meter.CreateGauge<long>("orchestrator.cases.stuck");
    internal static readonly Gauge<long> ApprovalsNearDeadline = Meter.CreateGauge<long>("orchestrator.approvals.near_deadline");
    internal static readonly Gauge<long> RefundsFailedAfterAnnouncement = Meter.CreateGauge<long>("orchestrator.refunds.failed_after_announcement");

    /// <summary>1 when the audit chain did not hold, else 0.</summary>
    internal static readonly Gauge<long> AuditBroken = Meter.CreateGauge<long>("orchestrator.audit.broken");
}
