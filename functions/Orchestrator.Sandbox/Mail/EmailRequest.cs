using System.Buffers;
using System.Net.Mail;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Mail;

/// <summary>
/// Checks a send request as Communication Services does (API 2025-09-01; limits from
/// learn.microsoft.com/azure/communication-services/concepts/service-limits).
/// </summary>
internal static class EmailRequest
{
    /// <summary>The whole request, attachments in base64 included.</summary>
    public const int LargestRequest = 10 * 1024 * 1024;

    private const int MostRecipients = 50;
    private static readonly SearchValues<char> s_notInAddresses = SearchValues.Create("\r\n<>, ;");
    private static readonly string[] s_lists = ["to", "cc", "bcc"];

    /// <returns>What to refuse it with, or null.</returns>
    public static MailRefusal? Check(JsonObject mail, IReadOnlyList<string> linkedDomains)
    {
        if (mail.Text("senderAddress") is not { Length: > 0 } sender)
        {
            return Bad("InvalidRequest", "senderAddress is required.");
        }

        if (!IsAddress(sender))
        {
            return Bad("InvalidEmailAddress", "senderAddress is not a valid email address.");
        }

        if (linkedDomains.Count > 0 && !linkedDomains.Contains(sender[(sender.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase))
        {
            return new MailRefusal(404, "DomainNotLinked", "The specified sender domain has not been linked.");
        }

        return CheckContent(mail.Child("content")) ?? CheckRecipients(mail) ?? CheckHeaders(mail.Child("headers")) ?? CheckAttachments(mail);
    }

    private static MailRefusal? CheckContent(JsonObject? content)
    {
        if (content?.Text("subject") is not { Length: > 0 } subject)
        {
            return Bad("InvalidRequest", "content.subject is required.");
        }

        if (subject.AsSpan().ContainsAny('\r', '\n'))
        {
            return Bad("InvalidRequest", "content.subject must not contain line breaks.");
        }

        return string.IsNullOrEmpty(content.Text("plainText")) && string.IsNullOrEmpty(content.Text("html"))
            ? Bad("InvalidRequest", "content.plainText or content.html is required.")
            : null;
    }

    private static MailRefusal? CheckRecipients(JsonObject mail)
    {
        if (mail.Child("recipients") is not { } recipients || !recipients.Children("to").Any())
        {
            return Bad("InvalidRequest", "recipients.to must name at least one recipient.");
        }

        var all = s_lists.SelectMany(recipients.Children).ToList();
        if (all.Count > MostRecipients)
        {
            return Bad("TooManyRecipients", $"The number of recipients exceeds {MostRecipients}.");
        }

        return all.Concat(mail.Children("replyTo")).All(one => one.Text("address") is { } address && IsAddress(address))
            ? null
            : Bad("InvalidEmailAddress", "A recipient or reply-to address is not a valid email address.");
    }

    private static MailRefusal? CheckHeaders(JsonObject? headers) =>
        headers is null || headers.All(header => header.Value.Text() is { } value && !(header.Key + value).AsSpan().ContainsAny('\r', '\n'))
            ? null
            : Bad("InvalidRequest", "headers must be texts without line breaks.");

    private static MailRefusal? CheckAttachments(JsonObject mail) =>
        mail.Children("attachments").All(one => one.Text("name") is { Length: > 0 } && one.Text("contentType") is { Length: > 0 } && IsBase64(one.Text("contentInBase64")))
            ? null
            : Bad("InvalidRequest", "attachments need name, contentType and contentInBase64.");

    /// <summary>A bare address: a display name, a comment or a line break inside it is somebody trying something.</summary>
    private static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && !text.AsSpan().ContainsAny(s_notInAddresses);

    private static bool IsBase64(string? text) => text is not null && System.Buffers.Text.Base64.IsValid(text);

    private static MailRefusal Bad(string code, string message) => new(400, code, message);
}

internal sealed record MailRefusal(int Status, string Code, string Message);
