using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>Finds sums of money: a number with a currency before or behind it. A number without one is never money.</summary>
internal static class MoneyText
{
    private static readonly string[] Danish = [" jeg ", " ikke ", "tilbage", " penge"];
    private static readonly string[] Norwegian = ["tilbake", " dere ", "refusjon"];

    public static IReadOnlyList<MoneyMention> Find(string text, bool decimalComma)
    {
        List<MoneyMention> mentions = [];
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] is '_' or '#' || (text[at - 1] is '-' or '.' or ',' && at > 1 && char.IsLetterOrDigit(text[at - 2])))))
            {
                continue;
            }

            int end = Numerals.EndOf(text, at);
            bool glued = at > 0 && char.IsLetter(text[at - 1]) && !CurrencyWords.TryAtEnd(text.AsSpan(0, at), out _, out _);
            if (!glued && ReadAt(text, at, end, decimalComma) is { } mention)
            {
                mentions.Add(mention);
                end = Math.Max(end, mention.End);
            }

            at = end - 1;
        }

        return mentions;
    }

    private static MoneyMention? ReadAt(string text, int start, int end, bool decimalComma)
    {
        int begin = start;
        while (begin > 0 && start - begin < 2 && text[begin - 1] is ' ' or '\u00a0' or '\u202f')
        {
            begin--;
        }

        int behind = SkipDash(text, end);
        while (behind < text.Length && behind - end < 4 && text[behind] is ' ' or '\u00a0' or '\u202f' or '\n')
        {
            behind++;
        }

        bool before = CurrencyWords.TryAtEnd(text.AsSpan(0, begin), out Currency left, out int leftLength);
        bool after = CurrencyWords.TryAtStart(text.AsSpan(Math.Min(behind, text.Length)), out Currency right, out int rightLength);
        bool vague = before && CurrencyWords.IsVague(text[(begin - leftLength)..begin]);
        if (!before && !after)
        {
            return null;
        }

        bool useRight = after && (!before || (vague && right != left));
        Currency currency = useRight ? right : left;
        currency = currency.Code == "sek" ? Crown(text) : currency;
        return Numerals.Parse(text[start..end], currency.Decimals, decimalComma) is { } major && Money.TryFromMajor(major, currency, out Money money) && money.MinorUnits > 0
            ? new MoneyMention(money, before ? begin - leftLength : start, useRight ? behind + rightLength : SkipDash(text, end))
            : null;
    }

    /// <summary>German and Swiss prices without cents: 12,- and 12.–.</summary>
    private static int SkipDash(string text, int end) =>
        end + 1 < text.Length && text[end] is ',' or '.' && text[end + 1] is '-' or '–' or '—' ? Math.Min(text.Length, end + 2 + (end + 2 < text.Length && text[end + 2] == '-' ? 1 : 0)) : end;

    private static Currency Crown(string text) => Currency.Parse(
        text.Contains("SEK", StringComparison.OrdinalIgnoreCase) ? "sek"
        : Array.Exists(Norwegian, w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? "nok"
        : Array.Exists(Danish, w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? "dkk" : "sek");
}
