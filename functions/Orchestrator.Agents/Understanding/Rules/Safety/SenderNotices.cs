using System.Buffers;
using System.Globalization;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>What is wrong about who a mail says it is from.</summary>
internal static class SenderNotices
{
    private static readonly string[] Imitated = ["paypal", "stripe", "amazon", "apple", "microsoft", "google", "support", "klarna", "visa", "mastercard", "outlook", "gmail", "yahoo", "hotmail", "example"];

    private static readonly string[] Desks = ["support", "security", "billing", "refund", "refunds", "service", "help", "payment", "payments", "team", "account", "accounts", "verify", "secure", "login", "pay"];

    private static readonly PhraseSet Offices = new(
    [
        "ceo/cfo/coo/cto/chief/director/directors/president/boss/manager/managers/management/supervisor/head", "support/billing/finance/accounting/accounts/approval/approvals/approver/reviewer/refunds/refund/payments/compliance/security/fraud/legal/audit", "admin/administrator/administration/system/systems/server/bot/robot/agent/assistant/ai/moderator/staff/operator/developer",
        "geschäftsführ*/direktor/leitung/chef/buchhaltung/freigabe", "directeur/directrice/direction/comptabilité/gérant", "director/directora/gerente/gerencia/dirección", "direttore/direttrice/direzione/amministrazione", "directie/directeur", "diretor/diretora/diretoria", "dyrektor/prezes/kierownik", "customer service/care", "stripe/paypal/klarna/visa/mastercard",
    ]);

    private static readonly SearchValues<char> NoNames = SearchValues.Create(":;[]{}<>|=*#`$\\/\n\r");

    private const int LongestName = 6;

    public static bool LooksLikeAnother(MailAddress from)
    {
        string domain = Domain(from.Address);
        return Disguise.MixesScripts(from.Address) || Disguise.MixesScripts(from.Name ?? "") || HidesCharacters(from.Address) || HidesCharacters(from.Name ?? "")
            || from.Address.Any(c => c > 127 && char.IsLetter(c) && c is >= '\u0370' and <= '\u052f')
            || domain.Contains("xn--", StringComparison.Ordinal) || Imitates(domain) || NamesAnotherAddress(from);
    }

    /// <summary>A sender's name that is an office, a sentence or a line of a program and not a person's or a firm's.</summary>
    public static bool NamesAnOffice(string? name) =>
        name is not null && (Offices.IsIn([.. Words.Sentences(name).SelectMany(w => w)]) || name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestName || name.AsSpan().ContainsAny(NoNames) || name.Contains("--", StringComparison.Ordinal));

    public static bool RepliesElsewhere(SupportMail mail) => Address(mail.ReplyTo) is { } reply && !string.Equals(reply, Address(mail.From.Address), StringComparison.OrdinalIgnoreCase);

    public static bool RepliesToAnotherDomain(SupportMail mail) => RepliesElsewhere(mail) && Domain(Address(mail.ReplyTo)!) != Domain(mail.From.Address);

    private static bool HidesCharacters(string text) => text.Any(c => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control);

    private static bool NamesAnotherAddress(MailAddress from)
    {
        string? named = from.Name?.Split([' ', '<', '>', '"', '(', ')', ',', '\''], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => w.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < w.Length - 3);
        return named is not null && !string.Equals(named, from.Address, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>paypa1, arnazon, g00gle.</summary>
    private static bool Imitates(string domain) => domain.Split('.', '-').Any(label =>
        !Imitated.Contains(label) && Imitated.Any(i => Likeness(i) == Likeness(label))) || domain.Split('.').Any(IsBrandedDesk);

    /// <summary>paypal-security, support-stripe.</summary>
    private static bool IsBrandedDesk(string label) => label.Split('-') is { Length: > 1 } parts && parts.Any(Imitated.Contains) && parts.Any(Desks.Contains);

    private static string Likeness(string label) => label.Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal).Replace('1', 'l').Replace('i', 'l').Replace('0', 'o').Replace('3', 'e').Replace('5', 's').Replace('4', 'a');

    private static string? Address(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        int open = written.LastIndexOf('<');
        return (open >= 0 ? written[(open + 1)..].TrimEnd('>', ' ') : written).Trim();
    }

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
