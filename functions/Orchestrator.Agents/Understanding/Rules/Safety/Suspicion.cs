using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>
/// Judges whether every sentence of a refund request is a customer's talk about a purchase. Words of deciding, of software and of staff, whoever says them,
/// and money for others make it a matter for a person; known harmless turns of phrase are taken out first.
/// </summary>
internal static class Suspicion
{
    private static readonly PhraseSet Harmless = new(HarmlessPhrases.All);
    private static readonly PhraseSet Deciding = new([.. SuspectPhrases.Deciding, .. SuspectPhrasesAbroad.Deciding]);
    private static readonly PhraseSet Software = new([.. SuspectPhrases.Software, .. SuspectPhrasesAbroad.Software]);
    private static readonly PhraseSet Steering = new([.. SuspectPhrases.Steering, .. SuspectPhrasesAbroad.Steering]);
    private static readonly PhraseSet Beyond = new([.. SuspectPhrases.Beyond, .. SuspectPhrasesAbroad.Beyond]);
    private static readonly PhraseSet Soliciting = new(SuspectPhrases.Soliciting);

    private static readonly HashSet<string> Acronyms = new(["AI", "A.I", "KI", "IA", "LLM", "LLMs", "GPT", "ChatGPT", "SI", "BOT"], StringComparer.Ordinal);

    /// <summary>One plain sentence that says what is wrong, or null.</summary>
    public static string? Why(string text)
    {
        if (NamesSoftware(text))
        {
            return "The mail talks to or about software that works on it.";
        }

        foreach (IReadOnlyList<Word> sentence in Words.Sentences(Disguise.Undo(text)))
        {
            IReadOnlyList<Word> words = WithoutHarmless(sentence);
            string? why = Software.IsIn(words) ? "The mail talks to or about software that works on it."
                : Deciding.IsIn(words) ? "The mail talks of deciding, which is not the customer's."
                : Steering.IsIn(words) ? "The mail tells how it is to be handled."
                : Beyond.IsIn(words) ? "The mail asks for more than a refund of this customer's own payment."
                : Soliciting.IsIn(words) ? "The mail offers something or asks to follow a link."
                : null;
            if (why is not null)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>One plain sentence when a sentence of the body strays from the purchase, or null.</summary>
    public static string? Why(IReadOnlyList<SentenceReading> body) =>
        OtherRequests.AreIn(body) ? "The mail asks for something besides a refund."
        : Languages.AreMixed([.. body.Select(s => s.Words)]) ? "A sentence of the mail is in another language than the rest."
        : body.Any(s => PurchaseTalk.Strays(s, WithoutHarmless(s.Words))) ? "A sentence of the mail is about payments or mails and not about a purchase." : null;

    private static List<Word> WithoutHarmless(IReadOnlyList<Word> sentence)
    {
        List<Word> words = [];
        for (int at = 0; at < sentence.Count;)
        {
            int length = Harmless.LongestAt(sentence, at);
            words.Add(length == 0 ? sentence[at] : sentence[at] with { Text = "@harmless" });
            at += Math.Max(1, length);
        }

        return words;
    }

    /// <summary>Short names of software mean it in capitals only: French and Italian have small words of the same letters.</summary>
    private static bool NamesSoftware(string text)
    {
        int start = -1;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                start = start < 0 ? at : start;
                continue;
            }

            bool elided = start > 0 && text[start - 1] is '\'' or '’';
            bool named = start >= 0 && !elided && Acronyms.Contains(text[start..at]);
            if (named && !InCapitals(text, start))
            {
                return true;
            }

            start = -1;
        }

        return false;
    }

    /// <summary>In a line of capitals alone, capitals say nothing.</summary>
    private static bool InCapitals(string text, int at)
    {
        int start = text.LastIndexOf('\n', at) + 1;
        int end = text.IndexOf('\n', at) is >= 0 and var next ? next : text.Length;
        return !text.AsSpan(start, end - start).ContainsAnyInRange('a', 'z');
    }
}
