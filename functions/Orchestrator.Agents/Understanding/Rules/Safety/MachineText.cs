using System.Buffers;
using System.Text;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>Finds text that no person writes to a shop by hand: templates, markup, data, identifiers of programs, and words spelled so that only a program reads them.</summary>
internal static class MachineText
{
    private const int FewestScrambled = 2;
    private const int FewestHexPairs = 6;
    private const int LongestSpelled = 16;
    private const int LongestSignal = 6;
    private const int LongestCode = 100;

    private static readonly SearchValues<char> Small = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");
    private static readonly SearchValues<char> SmallOrDigit = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly string[] Marks =
        ["{{", "}}", "${", "{%", "[[", "]]", "||", "&&", "<<", ">>>", "```", "~~~", "/*", "*/", "':=", ":=", "=>", "->>", "' or '", "\" or \"", "'; ", "\"; ", "();", ");", "|--", "--|", "|:-", "</", "/>", "<!", "<?", "\\u", "&lt;", "&#", "%20", "0x", "[/", "<|", "|>", "==", "!="];

    /// <summary>Small words that are common as they are and no words at all when turned round or shifted by thirteen letters.</summary>
    private static readonly HashSet<string> Common =
        ["the", "and", "all", "this", "that", "you", "your", "for", "refund", "ignore", "approve", "approved", "review", "without", "rules", "limits", "limit", "of", "skip", "pay", "with", "every", "charge", "order", "orders", "amount", "customer", "money", "policy", "agent", "assistant", "please", "system", "check", "now", "everything", "instructions", "previous", "set"];

    public static bool IsIn(string text) =>
        Array.Exists(Marks, m => text.Contains(m, StringComparison.OrdinalIgnoreCase)) || HasFields(text) || HasProgramWords(text) || IsScrambled(text) || HasDigitsForLetters(text) || HasSignals(text) || HasHex(text);

    /// <summary>Two lines or more that a program reads as fields: a name of one word in small letters, a colon or equals sign, one value.</summary>
    private static bool HasFields(string text)
    {
        int fences = 0;
        int fields = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.Trim();
            fences += trimmed is "---" or "+++" or "***" or "===" ? 1 : 0;
            int colon = trimmed.IndexOfAny(':', '=');
            bool field = colon > 0 && !trimmed[..colon].ContainsAnyExcept(Small) && trimmed[(colon + 1)..].Trim() is { Length: > 0 } value && !value.Contains(' ');
            fields += field ? 1 : 0;
        }

        return fields > 0 && fences > 1;
    }

    /// <summary>skip_review, refundAll, tier=vip, name(argument): words joined as programs join them.</summary>
    private static bool HasProgramWords(string text)
    {
        for (int at = 1; at + 1 < text.Length; at++)
        {
            (char before, char here, char after) = (text[at - 1], text[at], text[at + 1]);
            bool joined = here is '_' or '=' && char.IsAsciiLetter(before) && char.IsAsciiLetter(after) && !InCode(text, at);
            bool camel = char.IsAsciiLetterUpper(here) && char.IsAsciiLetterLower(before) && char.IsAsciiLetterLower(after) && at > 3 && IsSmallWord(text, at - 4, at);
            bool called = here == '(' && char.IsAsciiLetterLower(before) && (char.IsAsciiLetter(after) || after == ')') && !IsPlural(text, at);
            if (joined || camel || called)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Order numbers and Stripe ids hold digits; addresses of pages and mails are no programs.</summary>
    private static bool InCode(string text, int at)
    {
        int start = at;
        while (start > 0 && at - start < LongestCode && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        int end = at;
        while (end < text.Length && end - at < LongestCode && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> word = text.AsSpan(start, end - start);
        return word.Contains("://", StringComparison.Ordinal) || word.Contains('@') || (text[at] == '_' && word.ContainsAnyInRange('0', '9'));
    }

    /// <summary>Camel case counts only where small words are joined: names such as McDonald and iPhone are short before the capital, product ids hold digits.</summary>
    private static bool IsSmallWord(string text, int from, int to)
    {
        if (from > 0 && char.IsAsciiLetterOrDigit(text[from - 1]))
        {
            from--;
        }

        return !text.AsSpan(from, to - from).ContainsAnyExceptInRange('a', 'z');
    }

    /// <summary>item(s), mug(s), Artikel(n), colis(s).</summary>
    private static bool IsPlural(string text, int at) => text.IndexOf(')', at) is var close && close > at && close - at <= 4;

    private static bool IsScrambled(string text)
    {
        int scrambled = 0;
        StringBuilder word = new();
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                _ = word.Append(char.ToLowerInvariant(text[at]));
                continue;
            }

            scrambled += word.Length > 2 && IsScrambledWord(word.ToString()) ? 1 : 0;
            _ = word.Clear();
        }

        return scrambled >= FewestScrambled;
    }

    private static bool IsScrambledWord(string word) =>
        !Common.Contains(word) && (Common.Contains(string.Concat(word.Reverse())) || Common.Contains(string.Concat(word.Select(c => (char)('a' + ((c - 'a' + 13) % 26))))));

    /// <summary>r3fund 4ll: digits between small letters, in two words or more. Ids are long or hold capitals.</summary>
    private static bool HasDigitsForLetters(string text)
    {
        int words = 0;
        foreach (string word in text.Split([' ', '\n', '\t', ',', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool spelled = word.Length is > 3 and < LongestSpelled && !word.AsSpan().ContainsAnyExcept(SmallOrDigit) && Enumerable.Range(1, word.Length - 2).Any(i => char.IsAsciiDigit(word[i]) && char.IsAsciiLetterLower(word[i - 1]) && char.IsAsciiLetterLower(word[i + 1]));
            words += spelled ? 1 : 0;
        }

        return words >= FewestScrambled;
    }

    /// <summary>Dots and dashes for letters, and words with every letter doubled.</summary>
    private static bool HasSignals(string text)
    {
        int signals = 0;
        int doubled = 0;
        foreach (string word in text.Split([' ', '\n', '\t', ',', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries))
        {
            int pairs = Enumerable.Range(1, word.Length - 1).Count(i => word[i] == word[i - 1] && char.IsAsciiLetter(word[i]));
            doubled += pairs >= 2 && pairs * 2 >= word.Length - 1 ? 1 : 0;
        }

        foreach (string token in text.Split([' ', '\n', '\t', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            signals += token.Length < LongestSignal && token.Contains('-', StringComparison.Ordinal) && !token.AsSpan().ContainsAnyExcept('.', '-') ? 1 : 0;
        }

        return doubled >= FewestScrambled || signals >= FewestHexPairs - 1;
    }

    private static bool HasHex(string text)
    {
        int pairs = 0;
        int letters = 0;
        foreach (Range range in text.AsSpan().SplitAny(' ', '\n', '\r', '\t', ',', ':'))
        {
            ReadOnlySpan<char> part = text.AsSpan(range);
            bool pair = part.Length is 2 or 4 && IsHex(part);
            bool run = part.Length >= 24 && IsHex(part);
            bool binary = part.Length == 8 && !part.ContainsAnyExcept('0', '1');
            pairs = pair || binary ? pairs + 1 : 0;
            letters = pairs == 0 ? 0 : letters + (binary || part.ContainsAnyInRange('a', 'f') ? 1 : 0);
            if (run || (pairs >= FewestHexPairs && letters > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHex(ReadOnlySpan<char> part)
    {
        foreach (char c in part)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
