using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Operations.Cases;
using Orchestrator.Operations.Tests.Hosting;
using Orchestrator.Operations.Watching;

namespace Orchestrator.Operations.Tests.Watching;

public sealed class CaseWatchTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Cases_ThatNeedNobody_CountNowhere()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Put("case-settling", new(CasePhase.Settling, "Waiting for the bank.", surface.Clock.GetUtcNow() + TimeSpan.FromDays(10)));
        surface.Orchestrations.Put("case-done", null, new(CaseEnd.Refunded, "Done."));

        Assert.Equal(new CaseFigures(0, 0, 0, 0), await LookAsync(surface));
        Assert.DoesNotContain(surface.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedStuckAndFailedRefunds_AreCountedPublishedAndSaid()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put("case-failed", new(CasePhase.Refunding, "Refunding."), runtime: OrchestrationRuntimeStatus.Failed, failure: new("E", "mend me"));
        surface.Orchestrations.Put("case-slow", new(CasePhase.LookingUp, "Looking up."));
        surface.Orchestrations.Put("case-overdue", new(CasePhase.AwaitingCustomer, "Waiting for the customer.", surface.Clock.GetUtcNow() - Minute));
        surface.Orchestrations.Put("case-suspended", new(CasePhase.LookingUp, "Looking up."), runtime: OrchestrationRuntimeStatus.Suspended);
        surface.Clock.Advance(CaseFigures.Patience + Minute);
        surface.Orchestrations.Put("case-back", null, new(CaseEnd.RefundFailed, "The bank sent it back.", Refund: RefundId.From("re_1")));

        Dictionary<string, long> published = [];
        using MeterListener listener = Listen(published);

        Assert.Equal(new CaseFigures(Failed: 1, Stuck: 2, NearDeadline: 0, RefundsFailedAfterAnnouncement: 1), await LookAsync(surface));
        Assert.Equal((1, 2, 0, 1), (published["orchestrator.cases.failed"], published["orchestrator.cases.stuck"], published["orchestrator.approvals.near_deadline"], published["orchestrator.refunds.failed_after_announcement"]));
        Assert.Contains(surface.Log.Lines, line => line.Contains("1 cases failed, 2 are stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case_ThatAnErrorStopped_IsToldOncePerStop()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put("case-failed", new(CasePhase.TellingCustomer, "Telling.", Refund: RefundId.From("re_1")), runtime: OrchestrationRuntimeStatus.Failed, failure: new("E", "mend me"));
        DateTimeOffset first = surface.Clock.GetUtcNow();
        await LookAsync(surface);
        surface.Clock.Advance(Minute);
        await LookAsync(surface);
        surface.Orchestrations.Put("case-failed", new(CasePhase.TellingCustomer, "Telling.", Refund: RefundId.From("re_1")), runtime: OrchestrationRuntimeStatus.Failed, failure: new("E", "still"));
        await LookAsync(surface);

        Assert.NotNull(await surface.Orchestrations.GetInstanceAsync(StoppedCase.InstanceId("case-failed", first)));
        Assert.NotNull(await surface.Orchestrations.GetInstanceAsync(StoppedCase.InstanceId("case-failed", first + Minute)));
        Assert.Equal(1, (await LookAsync(surface)).Failed);
    }

    [Fact]
    public async Task Approval_NearItsDeadline_IsCountedUntilItIsPast()
    {
        await using Surface surface = await Surface.StartAsync();
        TimeSpan deadline = (await surface.OpenApprovalAsync()).DecideBy - surface.Clock.GetUtcNow();

        surface.Clock.Advance(deadline - CaseFigures.Notice + Minute);
        Assert.Equal(1, (await LookAsync(surface)).NearDeadline);

        surface.Clock.Advance(CaseFigures.Notice);
        Assert.Equal(0, (await LookAsync(surface)).NearDeadline);
    }

    [Fact]
    public async Task RefundThatFailedLongAgo_NoLongerAlerts()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put("case-back", null, new(CaseEnd.RefundFailed, "The bank sent it back."));

        surface.Clock.Advance(CaseFigures.Notice + Minute);

        Assert.Equal(0, (await LookAsync(surface)).RefundsFailedAfterAnnouncement);
    }

    [Fact]
    public async Task AuditLog_ThatSomebodyChanged_IsSaidAndPublished()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.Audit.AppendAsync(new(surface.Clock.GetUtcNow(), "case-1", "agent/IssueRefund", "stripe.refunds.create", "{}", [], null, null, null, null, null, "succeeded"), default);
        Dictionary<string, long> published = [];
        using MeterListener listener = Listen(published);
        Assert.True((await Watch(surface).VerifyAuditAsync(default)).Holds);
        Assert.Equal(0, published["orchestrator.audit.broken"]);

        surface.Audit.Tamper(0, entry => entry with { Outcome = "refused" });

        Assert.False((await Watch(surface).VerifyAuditAsync(default)).Holds);
        Assert.Equal(1, published["orchestrator.audit.broken"]);
        Assert.Contains(surface.Log.Lines, line => line.StartsWith("Critical: The audit log is not as it was written", StringComparison.Ordinal));
    }

    private static Task<CaseFigures> LookAsync(Surface surface) => Watch(surface).LookAsync(default);

    private static CaseWatch Watch(Surface surface) =>
        new(new CaseBoard(surface.Orchestrations, surface.Files), surface.Approvals, surface.Audit, surface.Orchestrations, surface.Clock, new LoggerFactory([surface.Log]).CreateLogger<CaseWatch>());

    /// <summary>The newest value of each gauge that this flow of calls records: other tests record too.</summary>
    private static MeterListener Listen(Dictionary<string, long> published)
    {
        AsyncLocal<bool> mine = new() { Value = true };
        var listener = new MeterListener { InstrumentPublished = (instrument, into) => into.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (mine.Value)
            {
                published[instrument.Name] = value;
            }
        });
        listener.Start();
        return listener;
    }
}
