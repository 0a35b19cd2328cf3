using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Graph;

/// <summary>Makes a Graph <c>message</c> of what a test or a demo says a mail contains.</summary>
internal static class IncomingMail
{
    /// <summary>
    /// <c>from</c>, <c>sender</c>, <c>replyTo</c>: an address, or <c>{"name","address"}</c>; <c>subject</c>; <c>text</c> or <c>html</c>;
    /// <c>messageId</c>, <c>conversationId</c>, <c>receivedAt</c>; <c>headers</c>: <c>[{"name","value"}]</c>. Only <c>from</c> is required.
    /// </summary>
    /// <returns>The message, or null when it has no sender.</returns>
    public static JsonObject? Read(JsonObject mail, string mailbox, DateTimeOffset now)
    {
        if (Person(mail["from"]) is not { } from)
        {
            return null;
        }

        string internetId = mail.Text("messageId") ?? $"<{Guid.NewGuid():N}@sandbox.example>";
        string subject = mail.Text("subject") ?? "";
        string received = (mail.Time("receivedAt") ?? now).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        bool html = mail.Text("html") is not null;
        string body = mail.Text("html") ?? mail.Text("text") ?? "";
        string id = "AAMk" + Token($"{internetId}\n{Guid.NewGuid()}");
        return new JsonObject
        {
            ["@odata.etag"] = $"W/\"{Token(id)[..16]}\"",
            ["id"] = id,
            ["createdDateTime"] = received,
            ["lastModifiedDateTime"] = received,
            ["changeKey"] = Token(id)[..16],
            ["categories"] = new JsonArray(),
            ["receivedDateTime"] = received,
            ["sentDateTime"] = received,
            ["hasAttachments"] = false,
            ["internetMessageId"] = internetId,
            ["subject"] = subject,
            ["bodyPreview"] = html ? "" : body[..Math.Min(body.Length, 255)],
            ["importance"] = "normal",
            ["parentFolderId"] = "inbox",
            ["conversationId"] = mail.Text("conversationId") ?? "AAQk" + Token(internetId),
            ["isRead"] = false,
            ["isDraft"] = false,
            ["webLink"] = "https://outlook.office365.com/owa/?ItemID=" + id,
            ["inferenceClassification"] = "focused",
            ["body"] = new JsonObject { ["contentType"] = html ? "html" : "text", ["content"] = body },
            ["sender"] = Person(mail["sender"]) ?? from.DeepClone(),
            ["from"] = from,
            ["toRecipients"] = new JsonArray(Person(JsonValue.Create(mailbox))),
            ["ccRecipients"] = new JsonArray(),
            ["bccRecipients"] = new JsonArray(),
            ["replyTo"] = Person(mail["replyTo"]) is { } replyTo ? new JsonArray(replyTo) : [],
            ["internetMessageHeaders"] = mail["headers"] is JsonArray headers ? headers.DeepClone() : new JsonArray(),
        };
    }

    private static JsonObject? Person(JsonNode? node)
    {
        string? address = node.Text() ?? (node as JsonObject)?.Text("address");
        string? name = (node as JsonObject)?.Text("name") ?? address;
        return address is null ? null : new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = name, ["address"] = address } };
    }

    private static string Token(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
