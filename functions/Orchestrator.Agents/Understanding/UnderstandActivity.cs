using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Understanding;

/// <summary>Reads what the customer wrote in this case so far. Goes outside only where a model reads.</summary>
internal sealed class UnderstandActivity(ICaseFiles files, IMailReading reading, OutsideGate gate) : IActivity<CaseStart, Reading>
{
    public async Task<Reading> RunAsync(ActivityContext context, CaseStart input, CancellationToken cancellationToken)
    {
        CaseFile file = await files.OpenedAsync(input.CaseId, cancellationToken);
        SupportMail mail = Whole(file);
        if (!reading.UsesModel)
        {
            return await reading.ReadAsync(mail, null, cancellationToken);
        }

        GatePass pass = await gate.OpenAsync(ActivityNames.Understand, input.CaseId, cancellationToken);
        return await pass.PerformAsync(
            Tools.ModelComplete,
            ActArguments.None.With("messages", file.Messages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (call, token) => reading.ReadAsync(mail, call, token),
            cancellationToken);
    }

    /// <summary>The first mail, with the customer's own words of each reply behind it: an answer to our question is read together with what it answers.</summary>
    private static SupportMail Whole(CaseFile file) => file.Messages.Count == 1
        ? file.First
        : file.First with { Text = string.Join("\n\n", file.Messages.Select(mail => ReplyText.Strip(mail.Text).Own)) };
}
