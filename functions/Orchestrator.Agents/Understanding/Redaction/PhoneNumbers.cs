namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Phone numbers: by their plus sign, by the words before them, or because they stand in some country's dialling plan.</summary>
internal static class PhoneNumbers
{
    private const int Fewest = 7;
    private const int Most = 15;

    private static readonly string[] PhoneWords =
    [
        "phone", "mobile", "cell", "tel", "fax", "desk", "call", "dial", "sms", "text me", "whatsapp", "answering", "messages to", "message on", "reach me", "contact", "ring", "handy", "mobil", "rufen", "anruf", "telefon", "portable", "appel", "joindre", "móvil", "movil", "llam", "cellulare", "chiam", "bel ", "bellen", "gsm", "ligue", "telemóvel", "celular", "registered", "電話",
    ];

    private static readonly string[] OtherWords =
    [
        "order", "bestell", "auftrag", "rechnung", "commande", "facture", "pedido", "factura", "ordine", "fattura", "encomenda", "invoice", "tracking", "sendung", "receipt", "booking", "reference", "card", "account", "konto", "iban", "serial", "zip", "postcode", "plz", "article", "artikel", "customer n", "kundennummer", "case", "ticket", "charge", "payment", "transaction", "version", "ip ", "subnet", "routing", "passport", "licen", "ssn", "itin", "bank", "address",
    ];

    public static IEnumerable<PersonalSpan> Find(string text)
    {
        foreach (DigitRun run in Runs(text))
        {
            int start = IncludePrefix(text, run.Start);
            int end = IncludeExtension(text, run.End);
            if (IsPhone(text, run, start))
            {
                yield return new PersonalSpan(start, end, PersonalDataTypes.Phone);
            }
        }
    }

    private static bool IsPhone(string text, DigitRun run, int start)
    {
        int digits = run.Digits.Length;
        if (digits is < Fewest or > Most || LooksLikeDate(text[run.Start..run.End], run) || (start > 0 && text[start - 1] is '#' or '_' or '/' or '@' or '$' or '€' or '£' or ':' && text[start - 1] is not ':') || IsAmount(text, run) || FollowsAccount(text, run.Start) || run.Groups is [3, 2, 4])
        {
            return false;
        }

        int phoneWord = LastWord(text, start, PhoneWords);
        int otherWord = LastWord(text, start, OtherWords);
        if (text[start] == '+' || (text.AsSpan(start).StartsWith("00") && run.Groups.Count > 1) || phoneWord > otherWord)
        {
            return true;
        }

        // Without a word, a number that says nothing of its country is one where it is written as people write phone numbers there.
        return otherWord <= phoneWord
            && (text[start] == '(' || Nearby.Says(text, start, 14, "number is", "one is", "number:") || IsWrittenAsPhone(text, run));
    }

    /// <summary>Grouped as people write phone numbers, not as machines write addresses and times, and in some country's dialling plan.</summary>
    private static bool IsWrittenAsPhone(string text, DigitRun run)
    {
        bool dotted = text[run.Start..run.End].All(letter => char.IsAsciiDigit(letter) || letter == '.');
        bool address = dotted && run.Groups is [<= 3, <= 3, <= 3] or [<= 3, <= 3, <= 3, <= 3];
        bool time = run.Start > 1 && text[run.Start - 1] == ':' && char.IsAsciiDigit(text[run.Start - 2]);
        return run.Groups is [_, .., > 1] && !address && !time && DiallingPlans.Know(run.Digits);
    }

    /// <summary>Digits with the brackets of an area code or trunk prefix inside.</summary>
    private static IEnumerable<DigitRun> Runs(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            List<int> groups = [];
            int group = 0;
            while (at < text.Length && StaysInside(text, at) is > 0 and var step)
            {
                if (char.IsAsciiDigit(text[at]))
                {
                    group++;
                    at++;
                    continue;
                }

                groups.Add(group);
                group = 0;
                at += step;
            }

            groups.Add(group);
            bool glued = (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '_') && !text.AsSpan(0, start).EndsWith(" is", StringComparison.Ordinal)) || (at < text.Length && (text[at] == '_' || (char.IsLetter(text[at]) && char.ToLowerInvariant(text[at]) is not ('x' or 'e'))));
            if (!glued)
            {
                yield return new DigitRun(start, at, string.Concat(text[start..at].Where(char.IsAsciiDigit)), [.. groups.Where(g => g > 0)]);
            }
        }
    }

    /// <summary>How far to go: a digit, one separator before a digit, or brackets around digits; 0 when the number ends.</summary>
    private static int StaysInside(string text, int at)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            return 1;
        }

        int next = at;
        while (next < text.Length && next - at < 3 && text[next] is ' ' or '-' or '.' or '(' or ')' or '\u00a0' or '/' or '‑')
        {
            next++;
        }

        bool bracketed = text.AsSpan(at, next - at).ContainsAny('(', ')');
        return next > at && next < text.Length && char.IsAsciiDigit(text[next]) && (next - at == 1 || bracketed) ? next - at : 0;
    }

    private static int IncludePrefix(string text, int start)
    {
        int at = start;
        if (at > 0 && text[at - 1] == '(')
        {
            at--;
        }

        return at > 0 && text[at - 1] == '+' ? at - 1 : at;
    }

    private static int IncludeExtension(string text, int end)
    {
        int at = end;
        int mark = 0;
        foreach (string word in (ReadOnlySpan<string>)["x", " x", " ext. ", " ext ", "ext"])
        {
            mark = text.AsSpan(end).StartsWith(word, StringComparison.OrdinalIgnoreCase) ? word.Length : mark;
        }

        at += mark;
        while (mark > 0 && at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > end + mark ? at : end;
    }

    private static bool LooksLikeDate(string written, DigitRun run) =>
        run.Digits.Length <= 8 && run.Groups is [4, 1 or 2, 1 or 2] or [1 or 2, 1 or 2, 2 or 4] && written.IndexOfAny(['-', '.', '/']) >= 0 && !written.Contains(' ', StringComparison.Ordinal) && run.Digits.Length >= 4
        || run.Groups is [4, 2, 2, ..] && written.Length > 9 && written[4] == '-' && written[..2] is "19" or "20";

    /// <summary>The rest of an account number whose check digits are wrong: GB12 WEST 1234.</summary>
    private static bool FollowsAccount(string text, int start)
    {
        string[] before = text[Math.Max(0, start - 24)..start].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return before.Any(b => b.Length is >= 4 and <= 8 && char.IsAsciiLetter(b[0]) && char.IsAsciiLetter(b[1]) && char.IsAsciiDigit(b[2]) && char.IsAsciiDigit(b[3]));
    }

    private static bool IsAmount(string text, DigitRun run) =>
        Rules.Amounts.CurrencyWords.TryAtStart(text.AsSpan(run.End).TrimStart(), out _, out _) || Rules.Amounts.CurrencyWords.TryAtEnd(text.AsSpan(0, run.Start).TrimEnd(), out _, out _);

    private static int LastWord(string text, int before, string[] words)
    {
        ReadOnlySpan<char> context = text.AsSpan(Math.Max(0, before - 40), Math.Min(before, 40));
        int last = -1;
        foreach (string word in words)
        {
            last = Math.Max(last, context.LastIndexOf(word, StringComparison.OrdinalIgnoreCase));
        }

        return last;
    }
}
