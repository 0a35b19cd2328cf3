using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>What the sentences of a mail together ask.</summary>
/// <param name="IsRefund">Whether it is surely a refund request.</param>
internal sealed record Wish(bool IsRefund, ReadingDoubt Doubt, double Confidence, string Why)
{
    private const int ShortMail = 4;

    /// <param name="subject">The subject's sentence, unless it came from an older mail; null when there is none.</param>
    public static Wish Of(IReadOnlyList<SentenceReading> body, SentenceReading? subject, IReadOnlyList<Lexicon> lexicons)
    {
        HashSet<Stance> stances = [.. body.Select(s => s.Stance)];
        Stance headline = subject?.Stance ?? Stance.Silent;
        bool asks = stances.Contains(Stance.Asks);
        bool headlineAsks = headline is Stance.Asks;
        bool wonders = stances.Contains(Stance.Wonders) || headline is Stance.Wonders;
        if (stances.Contains(Stance.Declines) || headline is Stance.Declines)
        {
            return asks || headlineAsks ? Unsure("The mail both asks for a refund and says that none is wanted.") : Not("The customer says that no refund is wanted.");
        }

        if (stances.Contains(Stance.Open) || stances.Contains(Stance.Others))
        {
            return Unsure("A refund is mentioned without a clear wish of this customer.");
        }

        if (stances.Contains(Stance.Follows) || headline is Stance.Follows)
        {
            return asks ? Unsure("The mail seems to be about a refund that is already under way.") : Not("The customer asks about a refund that is already under way.");
        }

        if (body.Any(s => lexicons.Any(l => l.Disputed.IsIn(s.Words))))
        {
            return Unsure("The customer's bank may already have been asked, so a refund could pay twice.");
        }

        if (asks)
        {
            return new Wish(true, default, stances.Overlaps([Stance.AsksRules, Stance.Past, Stance.Conditional]) ? 0.8 : 0.95, "");
        }

        if (stances.Contains(Stance.Past))
        {
            return Not("The customer writes about a refund that was already made.");
        }

        if (stances.Contains(Stance.Conditional))
        {
            return Unsure("A refund is wanted only under a condition.");
        }

        if (stances.Contains(Stance.AsksRules) || headline is Stance.AsksRules)
        {
            return headlineAsks ? Unsure("The subject asks for a refund and the text asks about the rules.") : Not("The customer asks about the rules for refunds.");
        }

        if (headlineAsks)
        {
            return new Wish(true, default, 0.85, "");
        }

        if (wonders)
        {
            return body.Any(s => lexicons.Any(l => l.UnderWay.IsIn(s.Words)))
                ? Unsure("The mail may be about a refund that is already under way.")
                : new Wish(true, default, 0.75, "");
        }

        if (stances.Contains(Stance.Mentions))
        {
            return body.Count == 1 && body[0].Words.Count <= ShortMail
                ? new Wish(true, default, 0.6, "")
                : Unsure("A refund is mentioned without a clear wish.");
        }

        return Not(headline is Stance.Mentions ? "Only the subject mentions a refund." : "The mail does not ask for money back.");
    }

    private static Wish Unsure(string why) => new(false, ReadingDoubt.Unsure, 0.5, why);

    private static Wish Not(string why) => new(false, ReadingDoubt.NotARefundRequest, 0.85, why);
}
