using System.Globalization;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>How much of a charge is asked for. Where it cannot be told a part from the whole, the sum that was named with the wish is the part: no more than that was asked for.</summary>
internal sealed record AskedAmount(Money? Part, Money? Total)
{
    private const int NearWords = 30;

    private static readonly HashSet<string> OfWords = ["of", "von", "vom", "sur", "de", "des", "del", "di", "dei", "van", "do", "dos", "out", "su", "z", "av", "af"];

    private static readonly AskedAmount Nothing = new(null, null);

    public static AskedAmount In(string text, IReadOnlyList<SentenceReading> sentences, IReadOnlyList<MoneyMention> mentions, IReadOnlyList<Lexicon> lexicons)
    {
        if (mentions.Count == 0)
        {
            return Nothing;
        }

        List<SentenceReading> asking = [.. sentences.Where(s => s.Stance is Stance.Asks or Stance.Wonders)];
        bool Said(IEnumerable<SentenceReading> where, Func<Lexicon, PhraseSet> set) => where.Any(s => lexicons.Any(l => set(l).IsIn(s.Words)));
        bool whole = Said(asking, l => l.Whole);
        List<MoneyMention> asked = [.. mentions.Where(m => asking.Exists(s => IsIn(m, s)))];
        Currency currency = (asked.Count > 0 ? asked[0] : mentions[0]).Value.Currency;
        List<Money> values = [.. mentions.Select(m => m.Value).Where(v => v.Currency == currency).Distinct().OrderBy(v => v)];
        Money most = values[^1];

        if (!whole && OutOf(text, mentions) is { } share)
        {
            return share;
        }

        if (!whole && values.Count > 1 && Said(sentences.Where(s => Holds(s, mentions) > 1), l => l.InsteadOf))
        {
            Money difference = most - values[^2];
            return new AskedAmount(values.Count > 2 && values[0] < values[^2] ? values[0] : difference, most);
        }

        if (!whole && Said(asking, l => l.Half))
        {
            return new AskedAmount(most with { MinorUnits = most.MinorUnits / 2 }, most);
        }

        if (!whole && Percent(text, asking) is { } percent)
        {
            return new AskedAmount(most with { MinorUnits = (long)Math.Round(most.MinorUnits * percent / 100m, MidpointRounding.AwayFromZero) }, most);
        }

        if (!whole && SumOf(asked) is { } sum)
        {
            return new AskedAmount(sum, most);
        }

        return asked.Count > 0 ? Named(asked, asking, most, whole)
            : !whole && values.Count == 1 && Said(asking, l => l.Part) ? new AskedAmount(most, null)
            : Elsewhere(values, most, whole);
    }

    private static AskedAmount Named(List<MoneyMention> asked, List<SentenceReading> asking, Money most, bool whole)
    {
        MoneyMention nearest = asked.MinBy(m => asking.Where(s => IsIn(m, s)).Min(s => Distance(m, s)))!;
        if (nearest.Value.Currency != most.Currency)
        {
            return new AskedAmount(nearest.Value, null);
        }

        return nearest.Value < most ? whole ? new AskedAmount(null, most) : new AskedAmount(nearest.Value, most)
            : whole ? new AskedAmount(null, nearest.Value)
            : new AskedAmount(nearest.Value, null);
    }

    private static AskedAmount Elsewhere(List<Money> values, Money most, bool whole) =>
        whole || values.Count == 1 ? new AskedAmount(null, most) : new AskedAmount(values[0], most);

    /// <summary>15 and 20, so 35 in all: a sum that the others add up to.</summary>
    private static Money? SumOf(List<MoneyMention> asked)
    {
        List<Money> values = [.. asked.Select(a => a.Value)];
        return values.Count > 2 && values.All(v => v.Currency == values[0].Currency) && values.Max() is var most && values.Sum(v => v.MinorUnits) == most.MinorUnits * 2 ? most : null;
    }

    /// <summary>20 of the 80 euros.</summary>
    private static AskedAmount? OutOf(string text, IReadOnlyList<MoneyMention> mentions)
    {
        for (int i = 0; i + 1 < mentions.Count; i++)
        {
            (MoneyMention first, MoneyMention second) = (mentions[i], mentions[i + 1]);
            if (second.Start - first.End is > 0 and < NearWords && first.Value.Currency == second.Value.Currency && first.Value < second.Value
                && Words.Fold(text[first.End..second.Start]).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 and < 5 } between && OfWords.Contains(between[0]))
            {
                return new AskedAmount(first.Value, second.Value);
            }
        }

        return null;
    }

    private static decimal? Percent(string text, List<SentenceReading> asking)
    {
        foreach (Word word in asking.SelectMany(s => s.Words))
        {
            if (decimal.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out decimal value) && value is > 0 and < 100
                && text.AsSpan(word.End).TrimStart() is var rest && (rest.StartsWith("%") || rest.StartsWith("percent") || rest.StartsWith("Prozent")))
            {
                return value;
            }
        }

        return null;
    }

    private static int Holds(SentenceReading sentence, IReadOnlyList<MoneyMention> mentions) => mentions.Count(m => IsIn(m, sentence));

    private static bool IsIn(MoneyMention mention, SentenceReading sentence) => sentence.Words.Any(w => w.Text == "@amount" && w.Start == mention.Start);

    private static int Distance(MoneyMention mention, SentenceReading sentence) =>
        sentence.Reduced.Where(w => w.Text is "@refund" or "@refunded").Select(w => mention.Start < w.Start ? w.Start - mention.End : mention.Start - w.End).DefaultIfEmpty(int.MaxValue).Min();
}
