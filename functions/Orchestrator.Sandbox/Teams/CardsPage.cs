using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Teams;

/// <summary>The channel as a person sees it: the cards, newest first, as plainly as Teams would draw them.</summary>
internal static class CardsPage
{
    public static Task WriteAsync(HttpContext context, IReadOnlyList<ReceivedCard> cards)
    {
        var content = new StringBuilder();
        foreach (var received in cards.Take(Page.Newest))
        {
            Write(content, received);
        }

        string intro = cards.Count == 0 ? "No card has been posted yet." : $"{cards.Count} posted, newest first.";
        return Page.WriteAsync(context, "Teams channel", intro, content);
    }

    private static void Write(StringBuilder content, ReceivedCard received)
    {
        content.Append("<article>").Append(Page.Time(received.ReceivedAt));
        if (received.Verdict.Outcome == "shown")
        {
            foreach (var card in received.Cards)
            {
                WriteCard(content, card);
            }
        }
        else
        {
            content.Append("<h2 class=\"bad\">✕ ").Append(received.Verdict.Outcome == "notDisplayed" ? "This card couldn't be displayed" : "The flow failed, no card was posted").Append("</h2>");
        }

        foreach (string problem in received.Verdict.Problems)
        {
            content.Append("<p class=\"bad\">").Append(Page.Escape(problem)).Append("</p>");
        }

        content.Append("</article>");
    }

    private static void WriteCard(StringBuilder content, JsonObject card)
    {
        WriteElements(content, card["body"]);
        WriteActions(content, card["actions"]);
    }

    private static void WriteElements(StringBuilder content, JsonNode? elements)
    {
        foreach (var element in (elements as JsonArray ?? []).OfType<JsonObject>())
        {
            WriteElement(content, element);
        }
    }

    private static void WriteElement(StringBuilder content, JsonObject element)
    {
        if (element.Flag("isVisible") == false)
        {
            return;
        }

        switch (element.Text("type"))
        {
            case "TextBlock":
                WriteText(content, element);
                break;
            case "RichTextBlock":
                content.Append("<p>").Append(Page.Escape(string.Concat((element["inlines"] as JsonArray ?? []).Select(Inline)))).Append("</p>");
                break;
            case "FactSet":
                content.Append("<dl>");
                foreach (var fact in element.Children("facts"))
                {
                    content.Append("<dt>").Append(Page.Escape(fact.Text("title"))).Append("</dt><dd>").Append(Page.Escape(fact.Text("value"))).Append("</dd>");
                }

                content.Append("</dl>");
                break;
            case "ColumnSet":
                content.Append("<div class=\"columns\">");
                foreach (var column in element.Children("columns"))
                {
                    content.Append("<div>");
                    WriteElements(content, column["items"]);
                    content.Append("</div>");
                }

                content.Append("</div>");
                break;
            case "Container":
                WriteElements(content, element["items"]);
                break;
            case "ActionSet":
                WriteActions(content, element["actions"]);
                break;
        }
    }

    private static void WriteText(StringBuilder content, JsonObject element)
    {
        bool heading = element.Text("style") == "heading" || element.Text("size") is "Large" or "large" or "ExtraLarge" or "extraLarge";
        bool bold = element.Text("weight") is "Bolder" or "bolder";
        bool subtle = element.Flag("isSubtle") == true;
        string tag = heading ? "h2" : "p";
        content.Append('<').Append(tag).Append(" class=\"line").Append(heading ? " big" : "").Append(bold ? " bold" : "").Append(subtle ? " soft" : "").Append("\">")
            .Append(Page.Escape(element.Text("text"))).Append("</").Append(tag).Append('>');
    }

    private static string? Inline(JsonNode? inline) => inline.Text() ?? (inline as JsonObject)?.Text("text");

    private static void WriteActions(StringBuilder content, JsonNode? actions)
    {
        if (actions is not JsonArray { Count: > 0 } list)
        {
            return;
        }

        content.Append("<ul class=\"actions\">");
        foreach (var action in list.OfType<JsonObject>())
        {
            content.Append("<li>");
            string title = Page.Escape(action.Text("title"));
            if (action.Text("type") == "Action.OpenUrl" && Uri.TryCreate(action.Text("url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                content.Append("<a rel=\"noreferrer\" href=\"").Append(Page.Escape(url.AbsoluteUri)).Append("\">").Append(title).Append("</a>");
            }
            else if (action.Text("type") == "Action.ShowCard" && action.Child("card") is { } card)
            {
                content.Append("<details><summary>").Append(title).Append("</summary>");
                WriteCard(content, card);
                content.Append("</details>");
            }
            else
            {
                content.Append("<span class=\"soft\">").Append(title).Append("</span>");
            }

            content.Append("</li>");
        }

        content.Append("</ul>");
    }
}
