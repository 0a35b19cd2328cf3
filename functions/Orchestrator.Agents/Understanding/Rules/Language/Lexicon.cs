using Orchestrator.Agents.Understanding.Rules.Vocabularies;

namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>One language's vocabulary made ready for comparing.</summary>
internal sealed class Lexicon(string name, Vocabulary words, string common)
{
    /// <summary>All languages; the first is read beside any other, because people mix it in.</summary>
    public static IReadOnlyList<Lexicon> All { get; } =
    [
        new("en", English.Words, "the and is my i to for you was have this it of that not your with please we are but"),
        new("de", German.Words, "der die das und ich ist nicht sie mir mein meine habe bitte wir ein eine zu mit fur auf den von es bei im vielen"),
        new("fr", French.Words, "le la les je et est pas vous mon ma un une des du bonjour nous pour ai avec sur merci votre que ce dans"),
        new("es", Spanish.Words, "el la los y mi es no un una hola que por para con he me del pero gracias pedido buenos su lo en"),
        new("it", Italian.Words, "il la e mi che un una per non ho di sono con del buongiorno grazie ma vostro mio ordine della ciao salve"),
        new("nl", Dutch.Words, "de het een ik en is niet mijn van dat u voor heb met op maar graag jullie bij nog hallo er te"),
        new("pt", Portuguese.Words, "o a os e meu minha nao um uma que para com por mas obrigado obrigada ola pedido foi da do em no na"),
        new("", Further.Words, "och jag inte det har min pa som er att jeg ikke og har det mitt min til pa som w nie i na sie prosze to jest dzien dobry dobry den je na se jsem ve bir ve bu icin"),
    ];

    /// <summary>Every word of every language that some phrase knows.</summary>
    public static IReadOnlySet<string> KnownWords { get; } = All.SelectMany(l => l.Words()).ToHashSet(StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyList<string> Common { get; } = common.Split(' ');

    public PhraseSet Refund { get; } = new(words.Refund);

    public PhraseSet Refunded { get; } = new(words.Refunded);

    public PhraseSet Policy { get; } = new(words.Policy);

    public PhraseSet Status { get; } = new(words.Status);

    public PhraseSet Beside { get; } = new(words.Beside);

    public PhraseSet Asks { get; } = new(words.Asks);

    public PhraseSet Wonders { get; } = new(words.Wonders);

    public PhraseSet Declines { get; } = new(words.Declines);

    public PhraseSet AsksRules { get; } = new(words.AsksRules);

    public PhraseSet Follows { get; } = new(words.Follows);

    public PhraseSet Past { get; } = new(words.Past);

    public PhraseSet Conditions { get; } = new(words.Conditions);

    public PhraseSet NoConditions { get; } = new(words.NoConditions);

    public PhraseSet Others { get; } = new(words.Others);

    public PhraseSet Open { get; } = new(words.Open);

    public PhraseSet UnderWay { get; } = new(words.UnderWay);

    public PhraseSet Threats { get; } = new(words.Threats);

    public PhraseSet Disputed { get; } = new(words.Disputed);

    public PhraseSet Part { get; } = new(words.Part);

    public PhraseSet Whole { get; } = new(words.Whole);

    public PhraseSet InsteadOf { get; } = new(words.InsteadOf);

    public PhraseSet Half { get; } = new(words.Half);

    private IEnumerable<string> Words() =>
        new[] { Refund, Refunded, Policy, Status, Beside, Asks, Wonders, Declines, AsksRules, Follows, Past, Conditions, NoConditions, Others, Open, UnderWay, Threats, Disputed, Part, Whole, InsteadOf, Half }
            .Concat(Reasons.Select(r => r.Phrases)).SelectMany(p => p.AllWords).Concat(Common);

    public IReadOnlyList<(RefundReason Reason, PhraseSet Phrases)> Reasons { get; } = [.. words.Reasons.Select(r => (r.Key, new PhraseSet(r.Value)))];
}
