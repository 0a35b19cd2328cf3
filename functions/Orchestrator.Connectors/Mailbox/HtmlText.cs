using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>
/// Reads an HTML mail as plain text: blocks become lines, quoted blocks are marked with <c>&gt;</c>, what no reader sees is kept apart.
/// Nothing is fetched and no script runs. Deep or long documents are cut, never refused.
/// </summary>
public static class HtmlText
{
    private const int MostCharacters = 262_144;
    private const int MostNodes = 100_000;

    private static readonly HashSet<string> Unread = ["SCRIPT", "STYLE", "HEAD", "TITLE", "NOSCRIPT", "TEMPLATE", "OBJECT", "SVG", "IFRAME", "META", "LINK", "MATH", "SELECT", "TEXTAREA"];

    private static readonly HashSet<string> Blocks =
        ["P", "DIV", "BR", "TR", "LI", "UL", "OL", "TABLE", "BLOCKQUOTE", "H1", "H2", "H3", "H4", "H5", "H6", "HR", "SECTION", "ARTICLE", "HEADER", "FOOTER", "PRE", "DL", "DT", "DD", "CENTER", "FORM", "ADDRESS"];

    private static readonly string[] Quotes = ["gmail_quote", "gmail_extra", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "zmail_extra", "outlookmessageheader", "appendonsend", "divrplyfwdmsg", "mail_quote", "wordsection_quote", "tutanota_quote"];

    /// <summary>The text of a mail's HTML with what is hidden behind the mark of <see cref="HiddenText"/>: what <see cref="SupportMail.Text"/> is made of.</summary>
    public static string Read(string html)
    {
        (string visible, string hidden) = Parts(html);
        return HiddenText.Append(visible, hidden);
    }

    /// <summary>What a reader of the mail sees, and what is in it unseen.</summary>
    public static (string Visible, string Hidden) Parts(string html)
    {
        string bounded = html.Length > MostCharacters ? html[..MostCharacters] : html;
        using IDocument document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(HtmlNesting.Flatten(bounded));
        StringBuilder visible = new();
        StringBuilder hidden = new();
        Walk(document, visible, hidden);
        return (Tidy(visible.ToString()), Tidy(hidden.ToString()));
    }

    /// <summary>Walks with a stack of its own: a hostile depth costs memory, not the process.</summary>
    private static void Walk(IDocument document, StringBuilder visible, StringBuilder hidden)
    {
        Stack<Visit> open = new();
        int nodes = 0;
        open.Push(new Visit(document, false, 0, HtmlStyle.Plain, false));
        while (open.TryPop(out Visit visit) && nodes++ < MostNodes)
        {
            if (visit.Closes)
            {
                NewLine(visible, visit.Quotes);
                continue;
            }

            if (visit.Node is IText text)
            {
                Append(visit.Hidden ? hidden : visible, text.Data, visit.Quotes);
                continue;
            }

            if (visit.Node is IElement element)
            {
                if (Unread.Contains(element.TagName.ToUpperInvariant()))
                {
                    continue;
                }

                visit = Enter(visit, element);
                if (element.TagName == "IMG" && element.GetAttribute("alt") is { Length: > 0 and < 200 } alt)
                {
                    Append(hidden, alt, 0);
                }

                if (Blocks.Contains(element.TagName))
                {
                    NewLine(visit.Hidden ? hidden : visible, visit.Quotes);
                    open.Push(visit with { Closes = true });
                }
                else if (element.TagName is "TD" or "TH")
                {
                    Append(visit.Hidden ? hidden : visible, " ", visit.Quotes);
                }
            }
            else if (visit.Node is IComment comment)
            {
                Append(hidden, comment.Data.StartsWith("[if", StringComparison.Ordinal) || comment.Data.StartsWith("[endif", StringComparison.Ordinal) ? "" : comment.Data + "\n", 0);
                continue;
            }

            for (INode? child = visit.Node.LastChild; child is not null; child = child.PreviousSibling)
            {
                open.Push(visit with { Node = child, Closes = false });
            }
        }
    }

    private static Visit Enter(Visit visit, IElement element)
    {
        HtmlStyle style = visit.Style.Within(element);
        bool quotes = element.TagName == "BLOCKQUOTE" || Quotes.Any(q => (element.ClassName ?? "").Contains(q, StringComparison.OrdinalIgnoreCase) || (element.Id ?? "").Contains(q, StringComparison.OrdinalIgnoreCase));
        return visit with { Hidden = visit.Hidden || style.IsInvisible, Style = style, Quotes = visit.Quotes + (quotes ? 1 : 0) };
    }

    private static void Append(StringBuilder into, string data, int quotes)
    {
        foreach (char c in data)
        {
            bool space = char.IsWhiteSpace(c) && c != '\u00a0';
            bool atStart = into.Length == 0 || into[^1] is '\n' or ' ';
            if (space && atStart)
            {
                continue;
            }

            if (into.Length == 0 || into[^1] == '\n')
            {
                _ = into.Append('>', Math.Min(quotes, 3)).Append(quotes > 0 ? " " : "");
            }

            _ = into.Append(space ? ' ' : c == '\u00a0' ? ' ' : c);
        }
    }

    private static void NewLine(StringBuilder into, int quotes)
    {
        if (into.Length > 0 && into[^1] != '\n')
        {
            _ = into.Append('\n');
        }
        else if (into.Length > 1 && into[^1] == '\n' && into[^2] != '\n' && quotes == 0)
        {
            _ = into.Append('\n');
        }
    }

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd())).Trim();

    private readonly record struct Visit(INode Node, bool Hidden, int Quotes, HtmlStyle Style, bool Closes);
}
