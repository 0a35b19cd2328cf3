using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding.Redaction;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>Accounts that a refund request has no need of: money goes back where it came from.</summary>
internal static class Payout
{
    private static readonly string[] Accounts = [PersonalDataTypes.Iban, PersonalDataTypes.Card, PersonalDataTypes.Crypto];

    /// <summary>Names an account, a whole card number, a wallet, or another address than the sender's.</summary>
    public static bool IsNamed(SupportMail mail, string own) =>
        PersonalDataFinder.Find(own).Any(span => Accounts.Contains(span.Type) || (span.Type == PersonalDataTypes.Email && !string.Equals(own[span.Start..span.End], mail.From.Address, StringComparison.OrdinalIgnoreCase)));
}
