namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>
/// A phrase of the vocabulary. Words match themselves; <c>a/b</c> one of several; <c>word*</c> any ending; <c>word?</c> may be missing;
/// <c>~</c> up to <see cref="LongestGap"/> words of the same clause and <c>..</c> up to two; <c>^</c> the start and <c>$</c> the end of the sentence; <c>@refund</c> a word that an earlier look found.
/// </summary>
internal sealed class Phrase
{
    public const int LongestGap = 6;

    private const int ShortGap = 2;

    private static readonly HashSet<string> ClauseBreaks =
    [
        ",", "but", "however", "because", "although", "though", "and", "aber", "sondern", "und", "weil", "jedoch", "mais", "parce", "pero", "sino", "porque", "pues",
        "ma", "bensi", "perche", "maar", "omdat", "mas", "porem", "senao",
    ];

    private readonly Element[] _elements;

    private Phrase(Element[] elements) => _elements = elements;

    /// <summary>The words a match can begin with; empty when any word can.</summary>
    public IReadOnlyList<string> FirstWords => _elements[0].Kind is ElementKind.Word && !_elements[0].Optional && !_elements[0].Alternatives.Any(a => a.EndsWith('*')) ? _elements[0].Alternatives : [];

    /// <summary>Every whole word it is made of.</summary>
    public IEnumerable<string> AllWords => _elements.SelectMany(e => e.Alternatives).Where(a => !a.EndsWith('*'));

    public static Phrase Parse(string written)
    {
        List<Element> elements = [];
        foreach (string part in written.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (part)
            {
                case "~":
                    elements.Add(new Element(ElementKind.Gap, [], false));
                    break;
                case "..":
                    elements.Add(new Element(ElementKind.Gap, [], false) { Longest = ShortGap });
                    break;
                case "^":
                    elements.Add(new Element(ElementKind.Start, [], false));
                    break;
                case "$":
                    elements.Add(new Element(ElementKind.End, [], false));
                    break;
                default:
                    elements.AddRange(ParseWords(part));
                    break;
            }
        }

        return new Phrase([.. elements]);
    }

    /// <summary>How many words it covers from <paramref name="at"/>; 0 when it is not there.</summary>
    public int LengthAt(IReadOnlyList<Word> words, int at) => Match(words, at, 0) - at;

    private static IEnumerable<Element> ParseWords(string part)
    {
        bool optional = part.EndsWith('?');
        string[] alternatives = [.. part.TrimEnd('?').Split('/').SelectMany(Spellings).Distinct()];
        bool ideographs = alternatives is [{ Length: > 1 } only] && only[0] >= '\u3040' && only[0] <= '\u9fff';
        return ideographs
            ? alternatives[0].Select(c => new Element(ElementKind.Word, [c.ToString()], false))
            : [new Element(ElementKind.Word, alternatives, optional)];
    }

    /// <summary>German is also written without its dots.</summary>
    private static IEnumerable<string> Spellings(string word) =>
        [Words.Fold(word), Words.Fold(word.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal))];

    /// <returns>Where the match ends, or <paramref name="at"/> of the first call and less when there is none.</returns>
    private int Match(IReadOnlyList<Word> words, int at, int element)
    {
        if (element == _elements.Length)
        {
            return at;
        }

        Element wanted = _elements[element];
        return wanted.Kind switch
        {
            ElementKind.Start => at == 0 ? Match(words, at, element + 1) : -1,
            ElementKind.End => at == words.Count || words[at].Text == "," && at + 1 == words.Count ? Match(words, at, element + 1) : -1,
            ElementKind.Gap => MatchGap(words, at, element + 1, wanted.Longest),
            _ when at < words.Count && wanted.Covers(words[at].Text) && Match(words, at + 1, element + 1) is > 0 and int end => end,
            _ when wanted.Optional => Match(words, at, element + 1),
            _ => -1,
        };
    }

    private int MatchGap(IReadOnlyList<Word> words, int at, int element, int longest)
    {
        for (int skipped = 0; skipped <= longest && at + skipped <= words.Count; skipped++)
        {
            if (Match(words, at + skipped, element) is > 0 and int end)
            {
                return end;
            }

            if (at + skipped < words.Count && ClauseBreaks.Contains(words[at + skipped].Text))
            {
                return -1;
            }
        }

        return -1;
    }

    private enum ElementKind
    {
        Word,
        Gap,
        Start,
        End,
    }

    private sealed record Element(ElementKind Kind, string[] Alternatives, bool Optional)
    {
        public int Longest { get; init; } = LongestGap;

        public bool Covers(string word)
        {
            foreach (string alternative in Alternatives)
            {
                if (alternative.EndsWith('*') ? word.StartsWith(alternative.AsSpan(0, alternative.Length - 1), StringComparison.Ordinal) : word == alternative)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
