namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>Phrases of one meaning, in all languages, found by their first word.</summary>
internal sealed class PhraseSet
{
    private readonly Dictionary<string, List<Phrase>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly List<Phrase> _others = [];

    public PhraseSet(IEnumerable<string> phrases)
    {
        foreach (string written in phrases)
        {
            Add(Phrase.Parse(written));
        }
    }

    public IEnumerable<string> AllWords => _byFirstWord.Values.SelectMany(p => p).Concat(_others).SelectMany(p => p.AllWords);

    public bool IsIn(IReadOnlyList<Word> words) => Find(words) >= 0;

    /// <summary>Where the first phrase begins, or -1.</summary>
    public int Find(IReadOnlyList<Word> words)
    {
        for (int at = 0; at < words.Count; at++)
        {
            if (LongestAt(words, at) > 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>How many words the longest phrase beginning at <paramref name="at"/> covers; 0 when none does.</summary>
    public int LongestAt(IReadOnlyList<Word> words, int at)
    {
        int longest = 0;
        if (_byFirstWord.TryGetValue(words[at].Text, out List<Phrase>? phrases))
        {
            foreach (Phrase phrase in phrases)
            {
                longest = Math.Max(longest, phrase.LengthAt(words, at));
            }
        }

        foreach (Phrase phrase in _others)
        {
            longest = Math.Max(longest, phrase.LengthAt(words, at));
        }

        return longest;
    }

    private void Add(Phrase phrase)
    {
        if (phrase.FirstWords.Count == 0)
        {
            _others.Add(phrase);
        }

        foreach (string word in phrase.FirstWords)
        {
            if (!_byFirstWord.TryGetValue(word, out List<Phrase>? list))
            {
                _byFirstWord[word] = list = [];
            }

            list.Add(phrase);
        }
    }
}
