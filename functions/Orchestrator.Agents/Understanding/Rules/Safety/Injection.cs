using System.Buffers;
using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>Finds words addressed to the agent and words that pretend to be an approval, a system or a tool. Better one mail too many for a person than one too few.</summary>
internal static class Injection
{
    private const int FewestEncodedBlanks = 2;

    private static readonly SearchValues<char> Syntax = SearchValues.Create("<{=");
    private static readonly PhraseSet Phrases = new(InjectionPhrases.All);
    private static readonly PhraseSet Elsewhere = new(InjectionPhrases.Redirects);

    /// <summary>Whether money is asked to go elsewhere than it came from.</summary>
    public static bool Redirects(string text) => Words.Sentences(Disguise.Undo(text)).Any(Elsewhere.IsIn);

    public static bool IsIn(string text)
    {
        if (Disguise.HasTagCharacters(text))
        {
            return true;
        }

        string plain = Disguise.Undo(text);
        return Says(plain) || Says(Disguise.Joined(plain)) || Says(Disguise.Spelled(plain)) || Disguise.Decoded(plain).Count(c => c == ' ') >= FewestEncodedBlanks;
    }

    private static bool Says(string text) => HasMachineSyntax(text) || InjectionPhrases.Marks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)) || SaysAtLineStart(text) || Words.Sentences(text).Any(Phrases.IsIn);

    /// <summary>Markup and data in a plain text mail: &lt;/tag&gt;, &lt;!--, {"key", key=true.</summary>
    private static bool HasMachineSyntax(string text)
    {
        for (int at = text.AsSpan().IndexOfAny(Syntax); at >= 0 && at + 2 < text.Length; at = Next(text, at + 1))
        {
            ReadOnlySpan<char> rest = text.AsSpan(at + 1);
            bool markup = text[at] == '<' && (rest.StartsWith("!--") || (rest[0] == '/' && char.IsAsciiLetter(rest[1])));
            bool data = text[at] == '{' && rest.TrimStart() is ['"' or '\'', ..];
            bool assignment = text[at] == '=' && (rest.StartsWith("true", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("approve", StringComparison.OrdinalIgnoreCase)) && at > 0 && char.IsAsciiLetter(text[at - 1]);
            if (markup || data || assignment)
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(string text, int from) => text.AsSpan(from).IndexOfAny(Syntax) is >= 0 and var step ? from + step : -1;

    /// <summary>Lines that take the part of somebody else in a conversation: SYSTEM:, assistant:, [admin].</summary>
    private static bool SaysAtLineStart(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> start = line.Trim().TrimStart("#*[<({>-_=|/ ");
            foreach (string role in InjectionPhrases.Roles)
            {
                if (start.StartsWith(role, StringComparison.OrdinalIgnoreCase) && start[role.Length..].TrimStart().TrimStart("*_") is [':' or ']' or '>' or '}' or '|' or ')', ..])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
