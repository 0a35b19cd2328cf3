using Orchestrator.Agents.Understanding.Rules.Amounts;
using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>A sentence in which sums of money and words for refunds stand as one word each.</summary>
internal sealed record SentenceReading(IReadOnlyList<Word> Words, IReadOnlyList<Word> Reduced, Stance Stance)
{
    private const string Refund = "@refund";
    private const string Refunded = "@refunded";
    private const string Policy = "@policy";
    private const string Status = "@status";

    private static readonly HashSet<string> Negations = ["not", "never", "nicht", "nie", "kein", "keine", "pas", "jamais", "no", "nunca", "non", "mai", "niet", "geen", "nao", "inte", "ikke"];

    private static readonly HashSet<string> Ultimata =
        ["otherwise", "else", "sonst", "ansonsten", "andernfalls", "sinon", "altrimenti", "anders", "contrario", "senao", "annars", "ellers", "jinak"];

    public static SentenceReading Of(IReadOnlyList<Word> words, IReadOnlyList<MoneyMention> amounts, IReadOnlyList<Lexicon> lexicons)
    {
        IReadOnlyList<Word> withAmounts = Replace(words, amounts);
        IReadOnlyList<Word> reduced = Reduce(withAmounts);
        return new SentenceReading(withAmounts, reduced, Judge(withAmounts, reduced, lexicons));
    }

    private static List<Word> Replace(IReadOnlyList<Word> words, IReadOnlyList<MoneyMention> amounts)
    {
        List<Word> replaced = [];
        bool inBrackets = false;
        foreach (Word word in words)
        {
            MoneyMention? covering = amounts.FirstOrDefault(a => word.Start < a.End && word.End > a.Start);
            if (covering is null)
            {
                bool closing = inBrackets && word.Text == "," && word.Start == replaced[^1].End;
                replaced.AddRange(closing ? [] : [word]);
                inBrackets = false;
            }
            else if (replaced.Count == 0 || replaced[^1].Text != "@amount" || replaced[^1].Start != covering.Start)
            {
                inBrackets = replaced.Count > 0 && replaced[^1].Text == "," && replaced[^1].End == covering.Start;
                if (inBrackets)
                {
                    replaced.RemoveAt(replaced.Count - 1);
                }

                replaced.Add(new Word("@amount", covering.Start, covering.End));
            }
        }

        return replaced;
    }

    private static List<Word> Reduce(IReadOnlyList<Word> words)
    {
        IReadOnlyList<Word> spelled = [.. words.Select(w => w with { Text = Spelling.Mend(w.Text) })];
        List<Word> reduced = [];
        for (int at = 0; at < spelled.Count;)
        {
            (string kind, int length) = TermAt(spelled, at);
            if (Enumerable.Range(at, length).Any(i => Negations.Contains(spelled[i].Text)))
            {
                // The refund is refused in the middle of its own words: mein Geld nicht zurück.
                reduced.Add(spelled[at] with { Text = "not" });
            }

            reduced.Add(length == 0 ? spelled[at] : new Word(kind, spelled[at].Start, spelled[at + length - 1].End));
            at += Math.Max(1, length);
        }

        return reduced;
    }

    private static (string Kind, int Length) TermAt(IReadOnlyList<Word> words, int at)
    {
        (string Kind, int Length) best = ("", 0);
        foreach (Lexicon lexicon in Lexicon.All)
        {
            Longest("@beside", lexicon.Beside);
            Longest(Policy, lexicon.Policy);
            Longest(Status, lexicon.Status);
            Longest(Refunded, lexicon.Refunded);
            Longest(Refund, lexicon.Refund);
        }

        return best;

        void Longest(string kind, PhraseSet phrases)
        {
            int length = phrases.LongestAt(words, at);
            best = length > best.Length ? (kind, length) : best;
        }
    }

    private static Stance Judge(IReadOnlyList<Word> words, IReadOnlyList<Word> reduced, IReadOnlyList<Lexicon> lexicons)
    {
        bool names = reduced.Any(w => w.Text is Refund or Refunded);
        if (!names)
        {
            return reduced.Any(w => w.Text == Status) ? Stance.Follows : reduced.Any(w => w.Text == Policy) ? Stance.AsksRules : Stance.Silent;
        }

        bool Any(Func<Lexicon, PhraseSet> set) => lexicons.Any(l => set(l).IsIn(reduced));
        if (Any(l => l.Declines))
        {
            return Stance.Declines;
        }

        if (Any(l => l.Others))
        {
            return Stance.Others;
        }

        if (Any(l => l.Open))
        {
            return Stance.Open;
        }

        if (Any(l => l.AsksRules))
        {
            return Stance.AsksRules;
        }

        if (reduced.Any(w => w.Text == Status) || Any(l => l.Follows))
        {
            return Stance.Follows;
        }

        if (Any(l => l.Past))
        {
            return Stance.Past;
        }

        if (IsConditional(reduced, lexicons))
        {
            return Stance.Conditional;
        }

        if (Any(l => l.Asks) || lexicons.Any(l => l.Asks.IsIn(words)))
        {
            return Stance.Asks;
        }

        return Any(l => l.Wonders) || lexicons.Any(l => l.Wonders.IsIn(words)) ? Stance.Wonders : Stance.Mentions;
    }

    private static bool IsConditional(IReadOnlyList<Word> reduced, IReadOnlyList<Lexicon> lexicons)
    {
        int refund = reduced.TakeWhile(w => w.Text is not (Refund or Refunded)).Count();
        for (int at = 0; at < reduced.Count; at++)
        {
            int harmless = HarmlessAt(reduced, at, lexicons);
            if (harmless > 0 && (at + harmless >= reduced.Count || !Negations.Contains(reduced[at + harmless].Text)))
            {
                at += harmless - 1;
                continue;
            }

            if (lexicons.Any(l => l.Conditions.LongestAt(reduced, at) > 0) && (at < refund || !Ultimata.Contains(reduced[at].Text)))
            {
                return true;
            }
        }

        return false;
    }

    private static int HarmlessAt(IReadOnlyList<Word> reduced, int at, IReadOnlyList<Lexicon> lexicons) => lexicons.Max(l => l.NoConditions.LongestAt(reduced, at));
}
