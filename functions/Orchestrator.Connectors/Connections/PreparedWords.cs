using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding.Fencing;
using Orchestrator.Agents.Understanding.Redaction;
using Orchestrator.Connectors.Models;

namespace Orchestrator.Connectors.Connections;

/// <summary>What customers wrote, as a model may see it: their own words alone, without personal data, fenced.</summary>
internal static class PreparedWords
{
    public static ModelWords ForModel { get; } = new(
        text => ReplyText.Strip(text).Own,
        Redact,
        Fence);

    private static RedactedWords Redact(string text, IReadOnlyList<string?> names)
    {
        Redacted redacted = PersonalData.Redact(text, names);
        return new(redacted.Text, redacted.Restore);
    }

    private static FencedText Fence(string text)
    {
        FencedWords fenced = CustomerWords.Fence(text);
        return new(fenced.Text, fenced.Name);
    }
}
