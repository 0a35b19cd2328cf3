using System.Diagnostics;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Inbox;

/// <summary>
/// Turns a mail into a case, once. The mail is stored first and the orchestration started second; whoever crashes between is caught up by the next delivery of that mail,
/// or by <see cref="StartLeftBehindAsync"/>. A caller acknowledges the mail only after this returned.
/// </summary>
public sealed class InboxIntake(ICaseFiles files, IOrchestrationClient orchestrations, TimeProvider clock)
{
    /// <param name="record">What goes on the audit record, stored with the mail.</param>
    public async Task<TakenIn> TakeInAsync(SupportMail mail, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        TakenIn taken = await files.TakeInAsync(mail, CaseIds.ForMessage(mail.MessageId), clock.GetUtcNow(), record, cancellationToken);
        if (taken.As == TakenInAs.IdTaken)
        {
            // Message ids are chosen by senders: whoever uses another's id keeps nobody from being heard. Delivered again, it has this same id again.
            mail = mail with { MessageId = $"{mail.MessageId}#{mail.Fingerprint()}" };
            taken = await files.TakeInAsync(mail, CaseIds.ForMessage(mail.MessageId), clock.GetUtcNow(), record, cancellationToken);
        }

        using Activity? span = AgentsTelemetry.Start("inbox.messages.take", taken.CaseId);
        if (taken.As == TakenInAs.Beyond)
        {
            return taken;
        }

        if (taken.As == TakenInAs.Reply)
        {
            await TellCaseAsync(taken.CaseId, mail.MessageId, cancellationToken);
        }
        else if (taken.As == TakenInAs.NewCase || await files.FindAsync(taken.CaseId, cancellationToken) is { ClosedAt: null })
        {
            // A closed case is never started again, also when its orchestration was purged since.
            await StartAsync(taken.CaseId, cancellationToken);
        }

        return taken;
    }

    /// <summary>Starts every open case whose orchestration a crash kept from being started. Run once when a head starts.</summary>
    public async Task StartLeftBehindAsync(CancellationToken cancellationToken)
    {
        foreach (string caseId in await files.ListOpenAsync(cancellationToken))
        {
            await StartAsync(caseId, cancellationToken);
        }
    }

    private async Task StartAsync(string caseId, CancellationToken cancellationToken)
    {
        try
        {
            await orchestrations.ScheduleNewOrchestrationInstanceAsync(RefundAgent.Definition, new CaseStart(caseId), caseId, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // The case runs already: this delivery is the second one.
        }
    }

    private async Task TellCaseAsync(string caseId, string messageId, CancellationToken cancellationToken)
    {
        try
        {
            await orchestrations.RaiseEventAsync(caseId, RefundAgent.CustomerReplied, messageId, eventId: messageId, cancellationToken);
        }
        catch (InstanceNotFoundException)
        {
            await StartAsync(caseId, cancellationToken);
        }
        catch (InstanceCompletedException)
        {
            // It ended between the two: the reply stands in its file and the console shows it.
        }
    }
}
