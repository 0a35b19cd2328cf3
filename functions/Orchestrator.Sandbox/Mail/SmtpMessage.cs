using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Mail;

/// <summary>Turns a mail as it came by SMTP into the shape that the REST interface takes, so that the outbox knows one shape.</summary>
internal static class SmtpMessage
{
    public static JsonObject Read(byte[] mail, string sender, IReadOnlyList<string> recipients)
    {
        var part = MimePart.Read(Encoding.Latin1.GetString(mail));
        var content = new JsonObject { ["subject"] = part.Header("Subject") };
        var attachments = new JsonArray();
        Collect(part, content, attachments);

        var headers = new JsonObject();
        foreach (var (name, value) in part.Headers)
        {
            headers[name] = MimeWords.Decode(value);
        }

        var message = new JsonObject
        {
            ["headers"] = headers,
            ["senderAddress"] = sender,
            ["content"] = content,
            ["recipients"] = Recipients(part, recipients),
            ["attachments"] = attachments,
        };
        if (part.Header("Reply-To") is { } replyTo)
        {
            message["replyTo"] = new JsonArray(new JsonObject { ["address"] = replyTo });
        }

        return message;
    }

    /// <summary>Whom the envelope names is a recipient; whom the Cc header does not name, nor To, is a blind one.</summary>
    private static JsonObject Recipients(MimePart part, IReadOnlyList<string> recipients)
    {
        string to = part.Header("To") ?? "";
        string cc = part.Header("Cc") ?? "";
        var lists = recipients.ToLookup(address =>
            cc.Contains(address, StringComparison.OrdinalIgnoreCase) ? "cc" : to.Contains(address, StringComparison.OrdinalIgnoreCase) ? "to" : "bcc");
        var result = new JsonObject();
        foreach (string list in (string[])["to", "cc", "bcc"])
        {
            result[list] = new JsonArray([.. lists[list].Select(address => (JsonNode)new JsonObject { ["address"] = address })]);
        }

        return result;
    }

    private static void Collect(MimePart part, JsonObject content, JsonArray attachments)
    {
        foreach (var child in part.Parts)
        {
            Collect(child, content, attachments);
        }

        if (part.Parts.Count > 0)
        {
            return;
        }

        if (part.FileName is { } file)
        {
            attachments.Add(new JsonObject { ["name"] = file, ["contentType"] = part.MediaType, ["contentInBase64"] = Convert.ToBase64String(part.Content()) });
        }
        else if (part.MediaType == "text/html")
        {
            content["html"] ??= part.Text();
        }
        else if (part.MediaType == "text/plain")
        {
            content["plainText"] ??= part.Text();
        }
    }
}
