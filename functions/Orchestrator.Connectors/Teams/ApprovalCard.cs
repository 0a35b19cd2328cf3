using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Teams;

/// <summary>
/// A notice as the message that a Teams workflow takes: an adaptive card of version 1.4 in <c>attachments</c>, its one action a link, beside the body.
/// Everything in it is text: Teams' markdown and its date macros are escaped.
/// </summary>
internal static class ApprovalCard
{
    /// <summary>Teams refuses the expanded message at 28 KB; half-way there is the limit here.</summary>
    public const int LargestMessage = 20 * 1024;

    private const int MostFacts = 12;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="PermanentFailureException">The path leads elsewhere.</exception>
    public static byte[] Write(ApprovalNotice notice, Uri publicAddress)
    {
        JsonArray body =
        [
            Block(Limit(notice.Title, 200), ("size", "Medium"), ("weight", "Bolder")),
            Block(Limit(notice.Text, 800)),
        ];
        if (notice.Facts.Count > 0)
        {
            body.Add((JsonNode)new JsonObject
            {
                ["type"] = "FactSet",
                ["facts"] = new JsonArray([.. notice.Facts.Take(MostFacts).Select(fact => new JsonObject { ["title"] = Escape(Limit(fact.Label, 60)), ["value"] = Escape(Limit(fact.Value, 160)) })]),
            });
        }

        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["body"] = body,
                    ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = Limit(notice.ActionTitle, 60), ["url"] = Link(notice.Path, publicAddress) }),
                },
            }),
        };
        byte[] bytes = Encoding.UTF8.GetBytes(message.ToJsonString(Plain));
        return bytes.Length <= LargestMessage
            ? bytes
            : throw new PermanentFailureException($"The card for case '{notice.CaseId}' has {bytes.Length} bytes; Teams takes {LargestMessage}.", "card_too_large");
    }

    /// <summary>Backslashes before what markdown reads, and no two braces in a row, which start a macro.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char letter in text)
        {
            if (letter is '\\' or '*' or '_' or '[' or ']' or '(' or ')' or '`' or '#' or '~' or '<' or '>' or '!' or '|')
            {
                escaped.Append('\\');
            }

            bool secondBrace = letter is '{' or '}' && escaped.Length > 0 && escaped[^1] == letter;
            escaped.Append(secondBrace ? " " : "").Append(char.IsControl(letter) ? ' ' : letter);
        }

        return escaped.ToString();
    }

    private static JsonObject Block(string text, params (string Name, string Value)[] properties)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = Escape(text), ["wrap"] = true };
        foreach ((string name, string value) in properties)
        {
            block[name] = value;
        }

        return block;
    }

    private static string Link(string path, Uri publicAddress)
    {
        bool own = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && Uri.TryCreate(publicAddress, "." + path, out Uri? link) && link.Authority == publicAddress.Authority && !path.Contains("..", StringComparison.Ordinal);
        return own
            ? new Uri(publicAddress, "." + path).AbsoluteUri
            : throw new PermanentFailureException("The notice links to a page that is not this product's.", "link_malformed");
    }

    private static string Limit(string text, int length) => text.Length <= length ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
}
