namespace Orchestrator.Connectors.Models;

/// <summary>What is done to a customer's words before a model sees them.</summary>
/// <param name="OwnWords">The text without quoted history and signature.</param>
/// <param name="Redact">Replaces personal data by placeholders; the second argument is names that are known to be the sender's.</param>
/// <param name="Fence">Wraps a text so that nothing in it can end the wrapping.</param>
public sealed record ModelWords(
    Func<string, string> OwnWords,
    Func<string, IReadOnlyList<string?>, RedactedWords> Redact,
    Func<string, FencedText> Fence);

/// <param name="Text">With placeholders.</param>
/// <param name="Restore">Puts the values back into a text that came back. Personal: it never leaves the activity.</param>
public sealed record RedactedWords(string Text, Func<string, string> Restore)
{
    public override string ToString() => "redacted words";
}

/// <param name="Text">The words between their marks.</param>
/// <param name="Mark">The name of the marks, for the sentence that says to obey nothing between.</param>
public sealed record FencedText(string Text, string Mark);
