using System.Globalization;
using System.Text;

namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>One word of a sentence: lower case, without accents, with its place in the text. Punctuation inside a sentence is the word <c>,</c>.</summary>
internal readonly record struct Word(string Text, int Start, int End);

/// <summary>Cuts text into sentences of words that phrases are compared with.</summary>
internal static class Words
{
    /// <summary>Enough for any mail a person writes; a longer one is cut and carries a notice.</summary>
    public const int MostCharacters = 60_000;

    private const int WrapsFrom = 45;

    public static IReadOnlyList<IReadOnlyList<Word>> Sentences(string text)
    {
        List<IReadOnlyList<Word>> sentences = [];
        List<Word> current = [];
        int at = 0;
        int lineStart = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsLetterOrDigit(c) || char.IsSurrogatePair(text, at))
            {
                at = ReadWord(text, at, current);
                continue;
            }

            if (EndsSentence(text, at, lineStart))
            {
                Close(sentences, ref current);
            }
            else if (c is ',' or ':' or '(' or ')' or '–' or '—' or '、' || (c == '-' && Spaced(text, at)))
            {
                current.Add(new Word(",", at, at + 1));
            }

            lineStart = c == '\n' ? at + 1 : lineStart;
            at++;
        }

        Close(sentences, ref current);
        return sentences;
    }

    /// <summary>The words of a phrase of the vocabulary, folded as the text is.</summary>
    public static string Fold(string text)
    {
        StringBuilder folded = new(text.Length);
        foreach (char c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark && !IsKanaMark(c))
            {
                continue;
            }

            _ = c switch
            {
                'ß' => folded.Append("ss"),
                'ø' or 'Ø' => folded.Append('o'),
                'ł' or 'Ł' => folded.Append('l'),
                'æ' or 'Æ' => folded.Append("ae"),
                'œ' or 'Œ' => folded.Append("oe"),
                'ı' => folded.Append('i'),
                '’' or '‘' or '´' or '`' or '＇' => folded.Append('\''),
                _ => folded.Append(char.ToLowerInvariant(c)),
            };
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static int ReadWord(string text, int at, List<Word> current)
    {
        if (IsIdeograph(text[at]))
        {
            current.Add(new Word(text[at].ToString(), at, at + 1));
            return at + 1;
        }

        int end = at;
        while (end < text.Length && !IsIdeograph(text[end]) && (char.IsLetterOrDigit(text[end]) || char.IsSurrogate(text[end]) || IsMark(text[end]) || InsideWord(text, end)))
        {
            end++;
        }

        Split(Fold(text[at..end]), at, end, current);
        return end;
    }

    /// <summary>An elided word becomes two: <c>l'argent</c>, <c>I'd</c>; a contracted not becomes a word: <c>don't</c>.</summary>
    private static void Split(string word, int start, int end, List<Word> current)
    {
        if (word.EndsWith("n't", StringComparison.Ordinal))
        {
            current.Add(new Word(word[..^3] switch { "ca" => "can", "wo" => "will", "sha" => "shall", string stem => stem }, start, end));
            current.Add(new Word("not", start, end));
            return;
        }

        foreach (string part in word.Split('\''))
        {
            string? known = word.Contains('\'', StringComparison.Ordinal)
                ? part switch { "m" when current.Count > 0 && current[^1].Text is "i" => "am", "d" when current.Count > 0 && current[^1].Text is "i" or "we" or "you" => "would", "ll" => "will", "ve" => "have", "re" => "are", _ => part }
                : part switch { "dont" => "don", _ => part };
            if (known.Length > 0)
            {
                current.Add(new Word(known, start, end));
            }
        }

        if (word is "dont" or "doesnt" or "didnt" or "havent" or "hasnt" or "wasnt" or "isnt" or "cant" or "wont" or "wouldnt" or "arent")
        {
            current.Add(new Word("not", start, end));
        }
    }

    private static bool InsideWord(string text, int at) =>
        text[at] is '\'' or '’' or '´' or '`' or '-' or '‑' && at + 1 < text.Length && char.IsLetter(text[at + 1]) && at > 0 && char.IsLetter(text[at - 1]) && text[at] is not ('-' or '‑');

    private static bool EndsSentence(string text, int at, int lineStart)
    {
        char c = text[at];
        if (c is '!' or '?' or '。' or '！' or '？' or '…' or ';' or '•' or '¿' or '¡')
        {
            return true;
        }

        if (c == '.')
        {
            return at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] is '"' or '\'' or ')' or '.';
        }

        if (c != '\n')
        {
            return false;
        }

        int next = at + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r')
        {
            next++;
        }

        return next >= text.Length || text[next] is '\n' or '-' or '*' or '•' || at - lineStart < WrapsFrom;
    }

    private static void Close(List<IReadOnlyList<Word>> sentences, ref List<Word> current)
    {
        if (current.Exists(w => w.Text != ","))
        {
            sentences.Add(current);
            current = [];
        }

        current.Clear();
    }

    private static bool Spaced(string text, int at) => at > 0 && at + 1 < text.Length && text[at - 1] == ' ' && text[at + 1] == ' ';

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';

    private static bool IsKanaMark(char c) => c is '\u3099' or '\u309a';
}
