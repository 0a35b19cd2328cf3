namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>
/// How one language says what matters here, as phrases (<see cref="Language.Phrase"/>). In every list but the first five, <c>@refund</c> stands for any word
/// of <see cref="Refund"/>, <c>@refunded</c> for <see cref="Refunded"/>, <c>@policy</c>, <c>@status</c> for the next two, and <c>@amount</c> for a sum of money.
/// </summary>
internal sealed record Vocabulary
{
    /// <summary>Giving money back, as a noun or as a verb: refund, give me my money back, reverse the charge.</summary>
    public required IReadOnlyList<string> Refund { get; init; }

    /// <summary>Money given back, as a participle: refunded.</summary>
    public required IReadOnlyList<string> Refunded { get; init; }

    /// <summary>The rules about refunds: refund policy, money back guarantee.</summary>
    public required IReadOnlyList<string> Policy { get; init; }

    /// <summary>How far an existing refund is: refund status.</summary>
    public required IReadOnlyList<string> Status { get; init; }

    /// <summary>Phrases that hold such words and mean something else: tax refund, your refund, thanks in advance.</summary>
    public required IReadOnlyList<string> Beside { get; init; }

    /// <summary>An explicit wish, in a sentence that also names a refund: I want, please, I request.</summary>
    public required IReadOnlyList<string> Asks { get; init; }

    /// <summary>A wish put as a question: how do I get, is it possible.</summary>
    public required IReadOnlyList<string> Wonders { get; init; }

    /// <summary>No refund is wanted, or none any more.</summary>
    public required IReadOnlyList<string> Declines { get; init; }

    /// <summary>About the rules, not about this purchase.</summary>
    public required IReadOnlyList<string> AsksRules { get; init; }

    /// <summary>About a refund that is already under way or promised.</summary>
    public required IReadOnlyList<string> Follows { get; init; }

    /// <summary>About a refund that has happened, or thanks for it.</summary>
    public required IReadOnlyList<string> Past { get; init; }

    /// <summary>Something that must happen first: if, unless, otherwise.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>An if that sets no condition: if possible, let me know if.</summary>
    public required IReadOnlyList<string> NoConditions { get; init; }

    /// <summary>Somebody else's refund.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>Said and not meant, or left open: why would anyone want, a refund or a replacement.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Something was already sent back, cancelled or promised, so that asking when the money comes asks about a refund under way.</summary>
    public required IReadOnlyList<string> UnderWay { get; init; }

    /// <summary>A chargeback, a bank or legal steps.</summary>
    public required IReadOnlyList<string> Threats { get; init; }

    /// <summary>The bank was already asked, so that a refund might pay twice.</summary>
    public required IReadOnlyList<string> Disputed { get; init; }

    /// <summary>A part of what was paid.</summary>
    public required IReadOnlyList<string> Part { get; init; }

    /// <summary>All of what was paid.</summary>
    public required IReadOnlyList<string> Whole { get; init; }

    /// <summary>What was charged, in front of what should have been: instead of.</summary>
    public required IReadOnlyList<string> InsteadOf { get; init; }

    /// <summary>Half of it.</summary>
    public required IReadOnlyList<string> Half { get; init; }

    /// <summary>Why, in the order in which they are tried.</summary>
    public required IReadOnlyDictionary<Understanding.RefundReason, IReadOnlyList<string>> Reasons { get; init; }
}
