namespace Orchestrator.Agents.Inbox;

/// <summary>
/// Takes quoted history and signatures off a plain text mail, so that only what its sender wrote now is read.
/// Works line by line in linear time and knows the mail clients of several languages.
/// </summary>
public static class ReplyText
{
    /// <summary>Splits a text. Answers written between quoted lines stay in <see cref="Reply.Own"/>; both parts are trimmed.</summary>
    public static Reply Strip(string text)
    {
        string[] lines = Lines(text);
        List<string> own = [];
        List<string> quoted = [];
        bool signature = false;
        int at = 0;
        while (at < lines.Length)
        {
            if (HistoryStart.At(lines, at) is { } start)
            {
                // Older web mail glues its line to the last one, most often to a name: with words of their own above, that line is theirs.
                (own.Exists(l => !string.IsNullOrWhiteSpace(l)) ? quoted : own).AddRange(start.Before is null ? [] : [start.Before]);
                at = start.RestIsHistory || !QuoteFollows(lines, at + start.Lines)
                    ? TakeAll(lines, at, quoted)
                    : TakeQuote(lines, at, start.Lines, quoted);
                signature = false;
            }
            else if (IsQuote(lines[at]))
            {
                at = TakeQuote(lines, at, 0, quoted);
                signature = false;
            }
            else
            {
                AddOwn(own, lines[at++], ref signature);
            }
        }

        Signature.TakeOffDevice(own);
        return new Reply(string.Join('\n', own).Trim(), string.Join('\n', quoted).Trim());
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static void AddOwn(List<string> own, string line, ref bool signature)
    {
        signature |= Signature.IsDelimiter(line) && own.Exists(l => !string.IsNullOrWhiteSpace(l));
        if (!signature)
        {
            own.Add(line.TrimEnd());
        }
    }

    private static bool IsQuote(string line) => line.AsSpan().TrimStart().StartsWith('>');

    private static bool QuoteFollows(string[] lines, int from)
    {
        while (from < lines.Length && string.IsNullOrWhiteSpace(lines[from]))
        {
            from++;
        }

        return from < lines.Length && IsQuote(lines[from]);
    }

    private static int TakeAll(string[] lines, int from, List<string> quoted)
    {
        quoted.AddRange(lines.AsSpan(from));
        return lines.Length;
    }

    private static int TakeQuote(string[] lines, int from, int header, List<string> quoted)
    {
        quoted.AddRange(lines.AsSpan(from, header));
        int at = from + header;
        while (at < lines.Length && (IsQuote(lines[at]) || string.IsNullOrWhiteSpace(lines[at])))
        {
            quoted.Add(lines[at++].TrimStart(' ', '\t', '>'));
        }

        return at;
    }
}

/// <param name="Own">What the sender wrote now.</param>
/// <param name="Quoted">What was quoted or forwarded, in the order of the mail; may supply an order number, never a wish.</param>
public sealed record Reply(string Own, string Quoted);
