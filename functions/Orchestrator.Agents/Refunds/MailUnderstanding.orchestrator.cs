using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>Reads the customer's mails. A model that can't be reached means a person, never a guess.</summary>
internal static class MailUnderstanding
{
    public static async Task<Reading> ReadAsync(IOrchestrationContext context, CaseStart start)
    {
        context.SetCustomStatus(new CaseStatus(CasePhase.Reading, "Reading the customer's mail."));
        try
        {
            return await context.CallActivityAsync(RefundActivities.Understand, start);
        }
        catch (TaskFailedException)
        {
            return new Reading.ForAPerson(ReadingDoubt.ModelUnavailable, "The mail could not be read by the model, so nobody knows yet what it asks.", 0, "nobody", []);
        }
    }
}
