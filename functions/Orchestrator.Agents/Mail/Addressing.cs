using System.Globalization;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Agents.Mail;

/// <summary>
/// Whether and how an answer can be addressed (RFC 5321, RFC 5322, RFC 5891). Settled from the mail and Stripe's name alone, so that it is known before anybody is asked
/// and nothing turns out to be unsendable after money moved. Pure.
/// </summary>
public static class Addressing
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const int LongestName = 78;

    /// <summary>The address as every mail server takes it, its domain as in the DNS; null when there is no such form.</summary>
    public static string? Deliverable(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string key = Correspondent.Key(address);
        int at = key.LastIndexOf('@');
        if (at is < 1 or > LongestLocalPart || key.Length > LongestAddress)
        {
            return null;
        }

        // The local part is the receiver's own: as it was written, not in the lower case in which addresses are compared.
        string trimmed = address.Trim();
        string local = trimmed[..trimmed.LastIndexOf('@')];
        return local.Split('.').All(IsAtom) && key[(at + 1)..].Split('.').All(IsLabel) ? local + key[at..] : null;
    }

    /// <summary>A name that may stand in a header and in a greeting; null where what others wrote there is no name.</summary>
    public static string? DisplayName(string? name)
    {
        string clean = (name ?? "").Trim();
        bool isName = clean.Length is > 0 and <= LongestName
            && !clean.Any(letter => char.IsControl(letter) || letter is '@' or '{' or '}' or '<' or '>' or '"' or '\\' or ':' or ';' or '\u2028' or '\u2029')
            && !clean.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
            && !clean.Contains("//", StringComparison.Ordinal);
        return isName ? clean : null;
    }

    private static bool IsAtom(string part) =>
        part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+/=?^_`{|}~-".Contains(letter, StringComparison.Ordinal));

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && label[0] != '-' && label[^1] != '-';
}
