using System.Collections.Frozen;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>Currencies by sign, code and name. A sign that several countries use is read as its commonest one, and the approver sees which.</summary>
internal static class CurrencyWords
{
    private static readonly FrozenDictionary<string, string> Names = Build().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Codes of ISO 4217 that Stripe charges in.</summary>
    private static readonly FrozenSet<string> Codes =
        ("AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
        .Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Lower case words that are codes and nothing else in any language read here.</summary>
    private static readonly FrozenSet<string> LowerCodes = FrozenSet.ToFrozenSet(["eur", "usd", "gbp", "chf", "jpy", "kwd", "cad", "aud", "sek", "nok", "dkk", "pln", "czk", "brl", "inr", "bhd", "jod", "omr", "tnd", "krw", "nzd", "sgd", "hkd", "mxn", "huf", "clp", "aed", "zar"], StringComparer.Ordinal);

    /// <summary>Signs that say dollar or crown without saying whose.</summary>
    public static bool IsVague(string word) => word is "$" or "dollar" or "dollars" or "kr" or "kr.";

    /// <summary>The longest sign or name that a text begins with.</summary>
    public static bool TryAtStart(ReadOnlySpan<char> text, out Currency currency, out int length)
    {
        length = 0;
        while (length < text.Length && length < 12 && (char.IsLetter(text[length]) || IsSign(text[length])) && (length == 0 || IsSign(text[length - 1]) == IsSign(text[length]) || text[length - 1] is 'R' or 'S'))
        {
            length++;
            if (IsIdeograph(text[length - 1]))
            {
                break;
            }
        }

        return TryWord(text[..length].ToString(), out currency);
    }

    /// <summary>The longest sign or name that a text ends with.</summary>
    public static bool TryAtEnd(ReadOnlySpan<char> text, out Currency currency, out int length)
    {
        length = 0;
        while (length < text.Length && length < 12 && (char.IsLetter(text[^(length + 1)]) || IsSign(text[^(length + 1)]) || text[^(length + 1)] is '.' && length == 0))
        {
            length++;
        }

        // A word glued to a sign is not part of it: "worth€".
        while (length > 0 && !TryWord(text[^length..].ToString(), out _) && length > 1 && IsSign(text[^1]))
        {
            length--;
        }

        return TryWord(text[^length..].ToString(), out currency);
    }

    public static bool TryWord(string word, out Currency currency)
    {
        currency = default;
        if (word.Length == 0)
        {
            return false;
        }

        bool code = Codes.Contains(word) || LowerCodes.Contains(word) || (word.Length == 3 && char.IsUpper(word[0]) && LowerCodes.Contains(word.ToLowerInvariant()));
        return code ? Currency.TryParse(word, out currency) : Names.TryGetValue(word, out string? known) && Currency.TryParse(known, out currency);
    }

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.CurrencySymbol || c == '￥';

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u9fff';

    private static Dictionary<string, string> Build()
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in (string[])
        [
            "usd $ US$ dollar dollars dólar dólares dollari buck bucks", "eur € euro euros euros. €uro", "gbp £ pound pounds quid sterling pfund livres", "jpy ¥ ￥ yen 円", "chf Fr. Fr franken francs sfr SFr. franchi", "aud A$ AU$", "cad C$ CA$ CAD$",
            "nzd NZ$", "hkd HK$", "sgd S$ SG$", "brl R$ real reais", "mxn MX$ pesos", "inr ₹ rupees rupee Rs Rs.", "krw ₩ won", "try ₺ TL lira", "rub ₽", "vnd ₫", "thb ฿ baht", "ils ₪", "pln zł zloty złotych złote zl", "czk Kč korun", "huf Ft forint", "uah ₴",
            "sek kr kr. kronor :-", "dkk kroner", "cny 元 yuan rmb", "kwd dinar dinars KD", "ngn ₦", "php ₱",
        ])
        {
            string[] words = line.Split(' ');
            foreach (string word in words.Skip(1))
            {
                names[word] = words[0];
            }
        }

        return names;
    }
}
