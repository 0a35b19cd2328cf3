namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Words shortly before a place in a text.</summary>
internal static class Nearby
{
    private const int Characters = 45;

    public static bool Says(string text, int before, params ReadOnlySpan<string> words) => Says(text, before, Characters, words);

    public static bool Says(string text, int before, int characters, params ReadOnlySpan<string> words)
    {
        ReadOnlySpan<char> context = text.AsSpan(Math.Max(0, before - characters), Math.Min(before, characters));
        foreach (string word in words)
        {
            if (context.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
