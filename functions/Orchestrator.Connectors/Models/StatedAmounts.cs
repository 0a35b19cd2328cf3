using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Connectors.Models;

/// <summary>Whether a text really states an amount, in whatever way people write it. A model's amount that does not stand in the mail is no amount.</summary>
internal static partial class StatedAmounts
{
    private static readonly Dictionary<string, string[]> Spellings = new()
    {
        ["usd"] = ["$", "dollar", "dólar"],
        ["cad"] = ["$", "dollar"],
        ["aud"] = ["$", "dollar"],
        ["eur"] = ["€", "euro"],
        ["gbp"] = ["£", "pound", "quid"],
        ["jpy"] = ["¥", "￥", "円", "yen"],
        ["cny"] = ["¥", "￥", "元", "yuan"],
        ["chf"] = ["fr.", "franken", "francs"],
        ["kwd"] = ["kd", "dinar", "دينار", "د.ك"],
        ["inr"] = ["₹", "rs", "rupee"],
        ["krw"] = ["₩", "won"],
        ["pln"] = ["zł"],
        ["sek"] = ["kr"],
        ["nok"] = ["kr"],
        ["dkk"] = ["kr"],
        ["brl"] = ["r$", "reais"],
        ["mxn"] = ["$", "peso"],
    };

    /// <summary>The amount, when the text states both it and its currency; otherwise null.</summary>
    public static Money? Find(string text, string? amount, string? code)
    {
        return decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value > 0
            && Currency.TryParse(code, out Currency currency)
            && Money.TryFromMajor(value, currency, out Money money)
            && Joined().Matches(text).Concat(Grouped().Matches(text)).Any(match => Readings(match.Value).Contains(value))
            && NamesCurrency(text, currency.Code)
            ? money
            : null;
    }

    private static bool NamesCurrency(string text, string code) =>
        text.Contains(code, StringComparison.OrdinalIgnoreCase)
        || (Spellings.TryGetValue(code, out string[]? spellings) && spellings.Any(spelling => text.Contains(spelling, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Each way of reading a number: with its last separator as the decimal point, and with none.</summary>
    private static IEnumerable<decimal> Readings(string written)
    {
        string digits = string.Concat(written.Where(char.IsAsciiDigit));
        int after = written.Length - 1 - written.LastIndexOfAny(['.', ',']);
        foreach (string candidate in after < written.Length && after is > 0 and <= 3 ? [digits, digits.Insert(digits.Length - after, ".")] : new[] { digits })
        {
            if (decimal.TryParse(candidate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            {
                yield return value;
            }
        }
    }

    /// <summary>Digits with points and commas among them.</summary>
    [GeneratedRegex(@"[0-9]+(?:[.,][0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Joined();

    /// <summary>Thousands apart by blanks or apostrophes.</summary>
    [GeneratedRegex(@"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u202f'\u2019][0-9]{3})+(?:[.,][0-9]{1,3})?(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
