using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Refunds;

/// <summary>Hands Stripe's word about a refund to the case it belongs to. The event is a hint: the case reads the refund anew.</summary>
public sealed class RefundNews(IOrchestrationClient orchestrations)
{
    /// <param name="caseId">From the refund's own metadata (<c>case_id</c>).</param>
    /// <param name="eventId">Stripe's event id; delivered twice it is one.</param>
    /// <returns>False when no case takes it any more.</returns>
    public async Task<bool> TellAsync(string caseId, RefundId refund, RefundStatus status, string eventId, CancellationToken cancellationToken)
    {
        try
        {
            await orchestrations.RaiseEventAsync(caseId, RefundAgent.RefundUpdated, refund.Value, eventId, cancellationToken);
            return true;
        }
        catch (InstanceNotFoundException)
        {
            return false;
        }
        catch (InstanceCompletedException)
        {
            return status == RefundStatus.Failed && await ReopenAsync(caseId, refund, cancellationToken);
        }
    }

    /// <summary>A refund that succeeded and then failed at the bank: a person has to know, though the case was closed.</summary>
    private async Task<bool> ReopenAsync(string caseId, RefundId refund, CancellationToken cancellationToken)
    {
        try
        {
            await orchestrations.ScheduleNewOrchestrationInstanceAsync(FailedRefund.Definition, new FailedRefundStart(caseId, refund), CaseIds.OfFailedRefund(caseId, refund.Value), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Told before.
        }

        return true;
    }
}
