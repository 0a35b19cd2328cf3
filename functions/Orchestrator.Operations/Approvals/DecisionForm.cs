using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Approvals;

/// <summary>What the approval form carried: never who sent it.</summary>
/// <param name="Less">Whether a smaller amount was asked for; the amount field counts only then.</param>
public sealed record DecisionForm(
    bool Approve,
    bool Less,
    int MessagesSeen,
    string? Charge,
    string? Amount,
    string? Subject,
    string? Body,
    string? Preset,
    string? Reason,
    bool TellCustomer,
    string? DenialSubject,
    string? DenialBody)
{
    internal const int LongestReason = 1_000;

    /// <summary>Null when the form says neither approve nor deny.</summary>
    public static DecisionForm? Read(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        string kind = form["kind"].ToString();
        if (kind is not ("approve" or "less" or "deny"))
        {
            return null;
        }

        _ = int.TryParse(form["messagesSeen"], NumberStyles.None, CultureInfo.InvariantCulture, out int seen);
        return new(
            kind != "deny",
            kind == "less",
            seen,
            Filled(form, "charge"),
            Filled(form, "amount"),
            Text(form, "subject"),
            Text(form, "body"),
            Text(form, "preset"),
            Text(form, "reason"),
            form["tellCustomer"] == "yes",
            Text(form, "denialSubject"),
            Text(form, "denialBody"));
    }

    /// <summary>The preset, the own words, or both.</summary>
    public string? WholeReason() => (Preset?.Trim(), Reason?.Trim()) switch
    {
        ({ Length: > 0 } preset, { Length: > 0 } own) => $"{preset}: {own}",
        ({ Length: > 0 } preset, _) => preset,
        (_, { Length: > 0 } own) => own,
        _ => null,
    };

    /// <summary>The command for the desk, or a sentence that says which field is wrong.</summary>
    internal (DecisionCommand? Command, string? Wrong) ToCommand(Proposal proposal)
    {
        if (!Approve)
        {
            string? reason = WholeReason();
            (MailDraft? denial, string? wrongMail) = TellCustomer ? MailField.Read(proposal.MailIfDenied, DenialSubject, DenialBody) : (null, null);
            return wrongMail is not null ? (null, wrongMail)
                : reason is { Length: > LongestReason } || reason?.Any(letter => char.IsControl(letter) && letter is not '\n' and not '\r' and not '\t') == true
                    ? (null, $"The reason has to be text of at most {LongestReason} letters.")
                : (new(VoteKind.Deny, MessagesSeen, Reason: reason, Mail: denial, TellCustomer: TellCustomer), null);
        }

        (MailDraft? mail, string? wrong) = MailField.Read(proposal.Mail, Subject, Body);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        ChargeId? charge = Charge is { } id ? ChargeId.From(id) : null;
        if (!Less)
        {
            return (new(VoteKind.Approve, MessagesSeen, charge, Mail: mail), null);
        }

        ChargeOption? option = charge is null && proposal.Charges.Count == 1 ? proposal.Charges[0] : proposal.Charges.FirstOrDefault(one => one.Charge == charge);
        if (option is null)
        {
            return (null, "Choose the payment first, then the smaller amount.");
        }

        (Money? amount, string? wrongAmount) = AmountField.Read(Amount, option.Refund.Currency);
        return amount is null ? (null, wrongAmount) : (new(VoteKind.Approve, MessagesSeen, charge, amount, Mail: mail), null);
    }

    /// <summary>A browser sends an empty field where nothing was chosen.</summary>
    private static string? Filled(IFormCollection form, string name) => Text(form, name) is { Length: > 0 } text ? text : null;

    private static string? Text(IFormCollection form, string name) => form.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
}
