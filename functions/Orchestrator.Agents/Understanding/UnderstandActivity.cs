using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Mail;
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
            return Doubting(await reading.ReadAsync(mail, null, cancellationToken), file);
        }

        GatePass pass = await gate.OpenAsync(ActivityNames.Understand, input.CaseId, cancellationToken);
        Reading read = await pass.PerformAsync(
            Tools.ModelComplete,
            ActArguments.None.With("messages", file.Messages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (call, token) => reading.ReadAsync(mail, call, token),
            cancellationToken);
        return Doubting(read, file);
    }

    /// <summary>What the mail's words can't show: whether its sender is who it says, and can be answered. It takes no wish away.</summary>
    private static Reading Doubting(Reading reading, CaseFile file)
    {
        List<MailNotice> doubts = [];
        if (file.Messages.Any(mail => mail.Proof == SenderProof.Fails))
        {
            doubts.Add(MailNotice.SenderDisowned);
        }

        if (Addressing.Deliverable(file.First.From.Address) is null)
        {
            doubts.Add(MailNotice.CannotBeAnswered);
        }

        return reading is Reading.RefundRequest request && doubts.Count > 0 ? request with { Notices = [.. request.Notices, .. doubts] } : reading;
    }

    /// <summary>
    /// The first mail, with the customer's own words of each reply behind it: an answer to our question is read together with what it answers. What a mail hides is taken
    /// out of each before they are joined, and goes to the end together, so that nothing said later counts as hidden too.
    /// </summary>
    private static SupportMail Whole(CaseFile file)
    {
        if (file.Messages.Count == 1)
        {
            return file.First;
        }

        List<(string Visible, string Hidden)> parts = [.. file.Messages.Select(mail => HiddenText.Split(mail.Text))];
        string own = string.Join("\n\n", parts.Select(part => ReplyText.Strip(part.Visible).Own));
        return file.First with { Text = HiddenText.Append(own, string.Join('\n', parts.Select(part => part.Hidden).Where(hidden => hidden.Length > 0))) };
    }
}
