using System.Buffers;
using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Understanding.Rules.References;

/// <summary>Finds order numbers and Stripe ids in a text, as written, in the order of the text.</summary>
public static class OrderReferences
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\n.,;:(");

    private const int MostReferences = 20;
    private const int WordsBefore = 28;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private const string Between = @"[\s:#.°º()""'’*,=\[-]{0,4}";

    private static readonly Regex Stripe = new(@"\b(?:ch|py|pi|re|pyr|cus|in|ii|sub|si|pm|cs|txn|dp|du|po|prod|price|src|seti|evt|acct|rcpt|card)_(?:test_|live_)?[A-Za-z0-9]{6,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Named = new(
        @"(?:\borders?|\bordr\b|\bodrer\b|\borden|\bordre|\bordernummer|\bordernr|\bbestell?ung(?:en)?|\bbestell?-?(?:nummer|nr)|\bbestelling(?:en)?|\bbeställning|\bbestilling|\bauftrag(?:s?-?(?:nummer|nr))?|\brechnung(?:s?-?(?:nummer|nr))?|\bcommandes?|\bfacture|\bpedidos?|\bfactura|\bencomendas?|\bfatura|\bordin[ei]|\bfattura|\bfactuur(?:nummer)?|\binvoices?|\breceipts?|\bbookings?|\bbuchung(?:s?-?(?:nummer|nr))?|\br[eé]servations?|\breservierung|\btransactions?|\btransaktion|\bpayments?|\bpurchase|\breference|\breferenz|\breferencia|\bref|\bcharges?|\bzahlung|\bzamówieni[ea]|\bobjednávk[auy]|\bsiparis|\bsipariş|\bsubscription|\bquittung|\bbeleg|\breçu|\bconfirmation|\btilau(?:s|kseni|ksen|snumero)|注文番号|注文|订单号|订单)"
        + Between + @"(?:(?:no|nos|nr|n|num|núm|number|numbers|nummer|numero|número|numéro|numer|číslo|no\.lu|id|ids|code|ref|reference|is|was|are|lautet|est|es|è|é|with|mit|the|der|die|com|con|avec|o|numarası)\b" + Between + @"){0,3}(?<code>#?[A-Za-z0-9][A-Za-z0-9_/-]*)", Linear);

    private static readonly Regex Next = new(@"^(?:\s*(?:,|&|/|;|and|und|et|y|e|en|plus|och|og|i|sowie|as well as)\s*){1,2}(?:the |die |la |order |bestellung |commande )?(?<code>#?[A-Za-z0-9][A-Za-z0-9_/-]*)", Linear);

    /// <summary>Money back for 55821: a bare number right behind the wish.</summary>
    private static readonly Regex BackFor = new(@"\b(?:refund(?: me)?|money back|reimburse(?:ment)?|geld zurück|erstattung|remboursement|reembolso|rimborso|terugbetaling) (?:for |of |on |für |von |pour |de |del |per |voor |do )?(?<code>\d{5,10})\b", Linear);

    private static readonly Regex Hash = new(@"#\s?(?<code>[A-Za-z]{0,6}-?\d[A-Za-z0-9_-]{2,})", Linear);

    private static readonly Regex Prefixed = new(@"\b[A-Z]{1,8}[-_](?:[A-Z0-9]{1,8}-)?[A-Z]{0,3}\d{3,}(?:-[A-Z0-9]+)*\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Marketplace = new(@"\b\d{3}-\d{7}-\d{7}\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Words before a number that say it is no order.</summary>
    private static readonly string[] OtherNumbers =
        ["tracking", "parcel", "sendungs", "suivi", "colis", "seguimiento", "rastreo", "tracciamento", "rma", "model", "modell", "serial", "serien", "sku", "article", "artikel", "iban", "bic", "phone", "telefon", "tel.", "kundennummer", "customer number", "ticket", "case", "vat", "ust", "item no", "zip", "postcode", "coupon", "voucher", "gutschein", "promo"];

    private static readonly HashSet<string> OtherPrefixes = ["RMA", "SKU", "ISO", "UTF", "COVID", "USB", "DHL", "UPS", "TRK", "GLS", "DPD", "EN", "DIN", "RFC", "SN", "VAT", "TICKET", "CASE", "MODEL", "SHA", "AES", "WIFI", "UTC", "GMT", "CODE"];

    public static IReadOnlyList<string> Find(string text) => [.. Collect(text).Values.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostReferences)];

    /// <summary>Where they stand in the text.</summary>
    public static IReadOnlyList<(int Start, int End)> Places(string text) => [.. Collect(text).Select(f => (f.Key, f.Key + f.Value.Length))];

    private static SortedDictionary<int, string> Collect(string text)
    {
        SortedDictionary<int, string> found = [];
        Add(found, text, Stripe, static (_, _, code) => HasIdBody(code));
        Add(found, text, Marketplace, static (_, _, _) => true);
        AddNamed(found, text);
        Add(found, text, Hash, static (t, at, code) => IsCode(code, marked: true) && !NamesOther(t, at));
        if (found.Count == 0)
        {
            Add(found, text, BackFor, static (t, at, code) => IsCode(code, marked: false));
        }

        Add(found, text, Prefixed, static (t, at, code) => !OtherPrefixes.Contains(code[..code.IndexOfAny(['-', '_'])]) && !NamesOther(t, at));
        return found;
    }

    private static void Add(SortedDictionary<int, string> found, string text, Regex pattern, Func<string, int, string, bool> accepts)
    {
        foreach (Match match in pattern.Matches(text))
        {
            Group code = match.Groups["code"] is { Success: true } group ? group : match;
            if (accepts(text, match.Index, code.Value.TrimEnd('-', '/', '_')))
            {
                Put(found, text, code);
            }
        }
    }

    private static void AddNamed(SortedDictionary<int, string> found, string text)
    {
        foreach (Match match in Named.Matches(text))
        {
            Group code = match.Groups["code"];
            bool marked = match.Value.AsSpan(0, code.Index - match.Index).ContainsAny('#', '°', 'º') || code.Value.StartsWith('#') || HasNumberWord(match.Value[..(code.Index - match.Index)]);
            if (!IsReference(text, code, marked) || (IsVague(match.Value) && NamesOther(text, match.Index)))
            {
                continue;
            }

            Put(found, text, code);
            int end = code.Index + code.Length;
            while (Next.Match(text[end..Math.Min(text.Length, end + 60)]) is { Success: true } next && IsReference(text, end + next.Groups["code"].Index, next.Groups["code"].Value, marked: true) && next.Groups["code"].Length >= code.Length - 3)
            {
                int at = end + next.Groups["code"].Index;
                found.TryAdd(at, next.Groups["code"].Value.TrimEnd('-', '/', '_'));
                end = at + next.Groups["code"].Length;
            }
        }
    }

    /// <summary>Words that numbers of other things go by too.</summary>
    private static bool IsVague(string named) =>
        named.StartsWith("ref", StringComparison.OrdinalIgnoreCase) || named.StartsWith("conf", StringComparison.OrdinalIgnoreCase) || named.StartsWith("transa", StringComparison.OrdinalIgnoreCase);

    private static void Put(SortedDictionary<int, string> found, string text, Group code)
    {
        bool hash = code.Index > 0 && text[code.Index - 1] == '#' && !code.Value.StartsWith('#');
        string value = (hash ? "#" : "") + code.Value.TrimEnd('-', '/', '_');
        int start = hash ? code.Index - 1 : code.Index;
        bool overlaps = found.Any(f => start < f.Key + f.Value.Length && f.Key < start + value.Length);
        if (!overlaps)
        {
            found[start] = value;
        }
    }

    private static bool IsReference(string text, Group code, bool marked) => IsReference(text, code.Index, code.Value, marked);

    private static bool IsReference(string text, int at, string code, bool marked)
    {
        int end = at + code.Length;
        bool money = end < text.Length && (text[end] is '€' or '$' or '£' or '%' || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))
            || (at > 0 && text[at - 1] is '€' or '$' or '£' or '¥')
            || Amounts.CurrencyWords.TryAtStart(text.AsSpan(end).TrimStart(), out _, out _);
        return !money && IsCode(code.TrimStart('#').TrimEnd('-', '/', '_'), marked);
    }

    private static bool IsCode(string code, bool marked)
    {
        int digits = code.Count(char.IsAsciiDigit);
        bool plain = digits == code.Length;
        bool date = code.Contains('/', StringComparison.Ordinal) && code.Split('/').Length == 3 || code.Length == 10 && code[4] == '-' && code[7] == '-' || code.Length is 8 or 10 && code[2] == '-' && code[5] == '-';
        bool year = plain && code.Length == 4 && code[..2] is "19" or "20";
        bool ordinal = code.Length < 5 && char.IsLetter(code[^1]) && digits < 3;
        return !date && !ordinal && digits >= 2 && (plain ? code.Length >= (marked ? 3 : 4) && (marked || !year) : code.Length >= 4 && digits >= 2 || marked && code.Length >= 3);
    }

    private static bool HasIdBody(string id)
    {
        string body = id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return body.Any(char.IsAsciiDigit) || (body.Any(char.IsAsciiLetterUpper) && body.Any(char.IsAsciiLetterLower));
    }

    private static bool HasNumberWord(string before) =>
        before.Split([' ', ':', '.', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Any() || before.Contains("nummer", StringComparison.OrdinalIgnoreCase) || before.EndsWith("nr", StringComparison.OrdinalIgnoreCase) || before.Contains("番号", StringComparison.Ordinal);

    private static bool NamesOther(string text, int at)
    {
        ReadOnlySpan<char> before = text.AsSpan(Math.Max(0, at - WordsBefore), Math.Min(at, WordsBefore));
        int line = before.LastIndexOfAny(Breaks) is var mark && mark >= 0 && (mark < before.Length - 3 || before[mark] == ',') ? mark : -1;
        before = line >= 0 ? before[(line + 1)..] : before;
        foreach (string other in OtherNumbers)
        {
            int place = before.LastIndexOf(other, StringComparison.OrdinalIgnoreCase);
            if (place == 0 || (place > 0 && !char.IsLetter(before[place - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
