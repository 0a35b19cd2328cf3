namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>Finds the languages a mail is written in by its commonest words.</summary>
internal static class Languages
{
    private const int FewestWords = 4;
    private const int FewestCommon = 2;

    /// <summary>English, the language that shows most and any whose word for a refund is used; all of them where nothing shows.</summary>
    public static IReadOnlyList<Lexicon> Of(IReadOnlyList<IReadOnlyList<Word>> sentences)
    {
        IReadOnlyList<Lexicon> common = ByCommonWords(sentences);
        List<IReadOnlyList<Word>> amounts = [.. sentences.Select(s => (IReadOnlyList<Word>)[.. s.Select(w => char.IsAsciiDigit(w.Text[0]) ? w with { Text = "@amount" } : w)])];
        return [.. common, .. Lexicon.All.Where(l => !common.Contains(l) && amounts.Any(l.Refund.IsIn))];
    }

    /// <summary>Whether a sentence is in another family of languages than the mail: its common words are that family's, and none is the mail's.</summary>
    public static bool AreMixed(IReadOnlyList<IReadOnlyList<Word>> sentences)
    {
        HashSet<string> words = [.. sentences.SelectMany(s => s).Select(w => w.Text)];
        Lexicon main = Lexicon.All.MaxBy(l => Common(l, words))!;
        return sentences.Where(s => s.Count >= FewestWords).Select(s => s.Select(w => w.Text).ToHashSet(StringComparer.Ordinal))
            .Any(s => Family(main).All(l => Common(l, s) == 0) && Lexicon.All.Any(l => Common(l, s) >= FewestCommon));
    }

    private static int Common(Lexicon lexicon, HashSet<string> words) => lexicon.Common.Count(words.Contains);

    /// <summary>Neighbours share too many small words to be told apart by one sentence.</summary>
    private static IEnumerable<Lexicon> Family(Lexicon lexicon) => Lexicon.All.Where(l => l == lexicon || (IsRomance(l) && IsRomance(lexicon)));

    private static bool IsRomance(Lexicon lexicon) => lexicon.Name is "fr" or "es" or "it" or "pt";

    private static IReadOnlyList<Lexicon> ByCommonWords(IReadOnlyList<IReadOnlyList<Word>> sentences)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (Word word in sentences.SelectMany(s => s))
        {
            counts[word.Text] = counts.GetValueOrDefault(word.Text) + 1;
        }

        var scored = Lexicon.All.Select(l => (Lexicon: l, Score: l.Common.Sum(c => counts.GetValueOrDefault(c)))).ToList();
        int english = scored[0].Score;
        var others = scored.Skip(1).OrderByDescending(s => s.Score).ToList();
        int best = others[0].Score;
        if (best == 0 && english == 0)
        {
            return Lexicon.All;
        }

        if (english > best * 2)
        {
            return [Lexicon.All[0]];
        }

        // Neighbours share many small words: a close second is read too.
        return [Lexicon.All[0], .. others.Where(o => o.Score > 0 && o.Score * 5 >= best * 4).Take(3).Select(o => o.Lexicon)];
    }
}
