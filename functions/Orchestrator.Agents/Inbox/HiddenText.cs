namespace Orchestrator.Agents.Inbox;

/// <summary>
/// Text of an HTML mail that no reader of it sees (display none, size zero, white on white). It travels at the end of the mail's text behind a mark,
/// is never read as the customer's wish, and is looked at for instructions to the agent.
/// </summary>
public static class HiddenText
{
    private const int FewestBeyond = 3;

    private static readonly char[] Separators = [' ', '\n', '\r', '\t', '.', ',', ';', ':', '!', '?', '(', ')', '"', '>', '*', '\u00a0'];

    private const string Mark = "\n\n[Not shown to readers of this mail:]\n";

    public static string Append(string visible, string hidden) => string.IsNullOrWhiteSpace(hidden) ? visible : visible + Mark + hidden;

    /// <summary>The plain part of a mail with whatever its HTML part hides or says beyond it, so that neither part speaks unread.</summary>
    /// <param name="html">The HTML part as text, with its hidden part behind the mark.</param>
    public static string Together(string? plain, string html)
    {
        if (string.IsNullOrWhiteSpace(plain))
        {
            return html;
        }

        (string visible, string hidden) = Split(html);
        HashSet<string> said = [.. WordsOf(plain)];
        IEnumerable<string> beyond = visible.Split('\n').Where(line => WordsOf(line) is var words && words.Count(w => !said.Contains(w)) * 2 > words.Count && words.Count >= FewestBeyond);
        return Append(plain, string.Join('\n', [.. beyond, hidden]).Trim());
    }

    private static List<string> WordsOf(string text) => [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(w => w.ToUpperInvariant())];

    /// <summary>A mail that forges the mark only hides words of its own.</summary>
    public static (string Visible, string Hidden) Split(string text)
    {
        int at = text.ReplaceLineEndings("\n") is var lines ? lines.IndexOf(Mark, StringComparison.Ordinal) : -1;
        return at < 0 ? (text, "") : (lines[..at], lines[(at + Mark.Length)..]);
    }
}
