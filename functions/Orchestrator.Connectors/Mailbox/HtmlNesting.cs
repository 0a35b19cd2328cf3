using System.Text;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>Drops opening tags beyond a depth no mail needs, so that no parser has to follow them.</summary>
internal static class HtmlNesting
{
    private const int Deepest = 400;

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed", "track", "param" };

    public static string Flatten(string html)
    {
        int depth = 0;
        StringBuilder flat = new(html.Length);
        int at = 0;
        while (at < html.Length)
        {
            int open = html.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            _ = flat.Append(html, at, open - at);
            bool comment = html.AsSpan(open).StartsWith("<!--");
            int close = comment ? html.IndexOf("-->", open, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                at = open;
                break;
            }

            bool closing = open + 1 < html.Length && html[open + 1] == '/';
            bool opening = open + 1 < html.Length && char.IsAsciiLetter(html[open + 1]) && html[close - 1] != '/' && !Void.Contains(NameAt(html, open + 1));
            depth = Math.Max(0, depth + (opening ? 1 : closing ? -1 : 0));
            bool tooDeep = opening && depth > Deepest;
            _ = tooDeep ? flat.Append(' ') : flat.Append(html, open, close - open + 1);
            at = close + 1;
        }

        return flat.Append(html, at, html.Length - at).ToString();
    }

    private static string NameAt(string html, int start)
    {
        int end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        return html[start..end];
    }
}
