namespace Orchestrator.Agents.Inbox;

/// <summary>The line or lines with which a mail client announces what it quotes.</summary>
/// <param name="Lines">How many lines the announcement takes.</param>
/// <param name="Before">Own words that share its first line.</param>
/// <param name="RestIsHistory">A separator after which everything is history, quoted with <c>&gt;</c> or not.</param>
internal readonly record struct HistoryStart(int Lines, string? Before, bool RestIsHistory)
{
    private const int MostLines = 7;
    private const int MostLength = 420;
    private const int MostHeaders = 8;

    private static readonly string[] Openers =
    [
        "on ", "am ", "le ", "el ", "il ", "op ", "em ", "a ", "den ", "dne ", "w dniu ", "på ", "lør ", "man. ", "tir. ", "ons. ", "tor. ", "fre. ", "søn. ",
        "mån ", "tis ", "tors ", "lun, ", "lun. ", "mar. ", "mer. ", "jeu. ", "ven. ", "sam. ", "dim. ", "mo., ", "di., ", "mi., ", "do., ", "fr., ", "sa., ", "so., ",
    ];

    private static readonly string[] Verbs =
    [
        "wrote", "sent", "schrieb", "a écrit", "a ecrit", "escribió", "escribio", "ha scritto", "schreef", "escreveu", "skrev", "napisał", "napisal", "napsal", "geschreven", "kirjoitti", "yazdı",
    ];

    private static readonly string[] Separators =
    [
        "original message", "original appointment", "forwarded message", "begin forwarded message", "reply message", "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "weitergeleitete nachricht",
        "anfang der weitergeleiteten", "message d'origine", "message original", "message transféré", "début du message transféré", "début du message réexpédié", "mensaje original", "mensaje reenviado", "inicio del mensaje reenviado",
        "messaggio originale", "messaggio inoltrato", "inizio messaggio inoltrato", "oorspronkelijk bericht", "doorgestuurd bericht", "begin doorgestuurd bericht", "mensagem original", "mensagem encaminhada", "início da mensagem",
        "ursprungligt meddelande", "oprindelig meddelelse", "opprinnelig melding", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "alkuperäinen viesti", "転送メッセージ", "元のメッセージ",
    ];

    private static readonly HashSet<string> Senders = new(StringComparer.OrdinalIgnoreCase)
    {
        "from", "von", "de", "da", "van", "från", "fra", "od", "lähettäjä", "kimden", "差出人", "发件人",
    };

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "sent", "date", "to", "cc", "subject", "reply-to", "gesendet", "datum", "an", "betreff", "kopie", "envoyé", "à", "objet", "enviado", "enviado el", "fecha", "para", "asunto",
        "inviato", "data", "a", "oggetto", "verzonden", "aan", "onderwerp", "assunto", "skickat", "till", "ämne", "sendt", "til", "emne", "wysłano", "do", "temat", "odesláno", "komu", "předmět",
        "tarih", "kime", "konu", "送信日時", "日時", "宛先", "件名",
    };

    public static HistoryStart? At(string[] lines, int at) =>
        Separator(lines[at]) ?? HeaderBlock(lines, at) ?? Wrote(lines, at) ?? Shared(lines[at]);

    private static HistoryStart? Separator(string line)
    {
        string trimmed = line.Trim();
        if (trimmed.Length is < 12 or > 120)
        {
            return null;
        }

        string inner = trimmed.Trim('-', '_', '*', '=', ' ', ':', '>').Replace('’', '\'').ToLowerInvariant();
        bool dashed = trimmed.StartsWith("--", StringComparison.Ordinal) || trimmed.StartsWith("__", StringComparison.Ordinal) || trimmed.StartsWith("==", StringComparison.Ordinal);
        bool named = Separators.Any(s => inner.StartsWith(s, StringComparison.Ordinal)) && (dashed || trimmed.EndsWith(':'));
        bool android = dashed && trimmed.EndsWith("--", StringComparison.Ordinal) && Verbs.Any(v => inner.EndsWith(" " + v, StringComparison.Ordinal));
        return named ? new HistoryStart(1, null, true) : android ? new HistoryStart(1, null, false) : null;
    }

    private static HistoryStart? HeaderBlock(string[] lines, int at)
    {
        if (HeaderName(lines[at]) is not { } first || !Senders.Contains(first))
        {
            return null;
        }

        int found = 0;
        for (int i = at + 1; i < Math.Min(lines.Length, at + MostHeaders) && found < 2; i++)
        {
            found += HeaderName(lines[i]) is { } name && Headers.Contains(name) ? 1 : 0;
        }

        return found >= 2 ? new HistoryStart(1, null, true) : null;
    }

    private static string? HeaderName(string line)
    {
        ReadOnlySpan<char> trimmed = line.AsSpan().Trim().TrimStart("*_> ").TrimStart();
        int colon = trimmed.IndexOfAny(':', '：');
        return colon is > 0 and < 16 ? trimmed[..colon].Trim("*_ ").ToString() : null;
    }

    private static HistoryStart? Wrote(string[] lines, int at)
    {
        string first = lines[at].Trim().TrimStart('-', '*', '_', ' ');
        bool opened = Openers.Any(o => first.StartsWith(o, StringComparison.OrdinalIgnoreCase));
        bool dated = first.Length > 10 && char.IsAsciiDigit(first[0]) && first.AsSpan(0, 10).ContainsAny("-./") && first.Contains(':', StringComparison.Ordinal);
        bool device = first.StartsWith("sent from ", StringComparison.OrdinalIgnoreCase);
        if (!opened && !dated && !device)
        {
            return null;
        }

        string joined = "";
        for (int i = at; i < Math.Min(lines.Length, at + MostLines) && joined.Length < MostLength; i++)
        {
            joined = joined.Length == 0 ? first : $"{joined} {lines[i].Trim()}".TrimEnd();
            if (Announces(joined, dated))
            {
                return new HistoryStart(i - at + 1, null, false);
            }
        }

        return null;
    }

    private static HistoryStart? Shared(string line)
    {
        int on = line.LastIndexOf("On ", StringComparison.Ordinal);
        return on > 0 && (line[on - 1] is '-' or ' ') && line.Length - on < MostLength && Announces(line[on..].Trim(), false) && line.AsSpan(on).Contains('@')
            ? new HistoryStart(1, line[..on].TrimEnd('-', ' '), false)
            : null;
    }

    /// <summary>A time and a verb of writing that ends the line, or is followed by nothing but a name.</summary>
    private static bool Announces(string joined, bool dated)
    {
        string end = joined.TrimEnd().TrimEnd('-', '_', ' ', ':', '：', '\u00a0');
        bool closed = end.Length < joined.TrimEnd().Length;
        if (!closed || !joined.Any(char.IsAsciiDigit) && !joined.Contains('@', StringComparison.Ordinal))
        {
            return false;
        }

        if (Verbs.Any(v => end.EndsWith(" " + v, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        bool colon = joined.EndsWith(':');
        bool address = joined.Contains('@', StringComparison.Ordinal) || joined.Contains('<', StringComparison.Ordinal);
        return colon && dated && end.EndsWith('>') && address
            || colon && Verbs.Any(v => joined.Contains($" {v} ", StringComparison.OrdinalIgnoreCase)) && (address || HasTime(joined));
    }

    private static bool HasTime(string text)
    {
        for (int i = 1; i + 2 < text.Length; i++)
        {
            if (text[i] is ':' or '.' or 'h' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]))
            {
                return true;
            }
        }

        return false;
    }
}
