using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Addresses of Bitcoin wallets by their shape.</summary>
internal static class WalletAddresses
{
    private static readonly Regex Shape = new(@"\b(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{25,71})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static IEnumerable<PersonalSpan> Find(string text) =>
        from Match match in Shape.Matches(text)
        where match.Value.Any(char.IsAsciiLetterLower) && match.Value.Any(char.IsAsciiDigit)
        select new PersonalSpan(match.Index, match.Index + match.Length, PersonalDataTypes.Crypto);
}
