using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>Why money is wanted back: the first reason, in the order of the vocabulary, that any sentence gives.</summary>
internal static class RefundReasons
{
    public static RefundReason Of(IReadOnlyList<SentenceReading> sentences, IReadOnlyList<Lexicon> lexicons)
    {
        foreach (RefundReason reason in lexicons[^1].Reasons.Concat(lexicons[0].Reasons).Select(r => r.Reason).Distinct())
        {
            bool given = sentences.Any(s => lexicons.Any(l => l.Reasons.Any(r => r.Reason == reason && r.Phrases.IsIn(s.Words))));
            if (given)
            {
                return reason;
            }
        }

        return RefundReason.NotStated;
    }
}
