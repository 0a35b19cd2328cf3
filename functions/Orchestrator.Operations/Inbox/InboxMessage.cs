using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Operations.Inbox;

/// <summary>The body of <c>POST /inbox/messages</c>.</summary>
/// <param name="Authentication">What the gateway found out about the sender (DMARC, or DKIM or SPF in line with the From address): <c>pass</c>, <c>fail</c>, or left out.</param>
internal sealed record InboxMessage(
    string? MessageId,
    string? ThreadId,
    InboxAddress? From,
    string? ReplyTo,
    string? Subject,
    string? Text,
    string? Html,
    string? ReceivedAt,
    string? Authentication = null)
{
    private const int LongestId = 998;
    private const int LongestSubject = 998;

    /// <summary>The mail, or what is wrong with it by field.</summary>
    public (SupportMail? Mail, IReadOnlyDictionary<string, string[]> Errors) Check(Func<string, (string Visible, string Hidden)>? readHtml, DateTimeOffset now)
    {
        Dictionary<string, string[]> errors = [];
        void Wrong(string field, string? sentence)
        {
            if (sentence is not null)
            {
                errors[field] = [sentence];
            }
        }

        Wrong("messageId", Line(MessageId, LongestId, required: true));
        Wrong("threadId", Line(ThreadId, LongestId, required: false));
        Wrong("from.address", From is null ? "Who wrote it is missing." : Address(From.Address));
        Wrong("from.name", Line(From?.Name, 320, required: false));
        Wrong("replyTo", ReplyTo is null ? null : Address(ReplyTo));
        Wrong("subject", Line(Subject, LongestSubject, required: false));
        Wrong("text", Text is null && Html is null ? "Either text or html is needed." : Text is not null && Html is not null ? "Give either text or html, not both." : Body(Text));
        Wrong("html", Html is not null && readHtml is null ? "This server reads no HTML; send text." : Body(Html));
        Wrong("authentication", Authentication is null or "pass" or "fail" ? null : "It is pass or fail; leave it out where nobody looked.");
        DateTimeOffset received = now;
        if (ReceivedAt is not null && !DateTimeOffset.TryParseExact(ReceivedAt, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out received))
        {
            Wrong("receivedAt", "The time has to look like 2026-11-20T14:05:00Z.");
        }
        else if (received > now.AddHours(24))
        {
            Wrong("receivedAt", "The time is in the future.");
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        string text = Html is null ? Text! : Read(readHtml!(Html));
        string thread = string.IsNullOrWhiteSpace(ThreadId) ? MessageId! : ThreadId;
        var mail = new SupportMail(MessageId!, thread, new(Blank(From!.Name), From.Address!), Blank(ReplyTo), Subject ?? "", text, received.ToUniversalTime())
        {
            Proof = Authentication switch { "pass" => SenderProof.Holds, "fail" => SenderProof.Fails, _ => SenderProof.NotReported },
        };
        return (mail, errors);
    }

    /// <summary>Null when the body is no JSON object of this shape; the path says where.</summary>
    public static (InboxMessage? Message, string? Path) Parse(byte[] body)
    {
        try
        {
            return (JsonSerializer.Deserialize(body, OperationsJson.Default.InboxMessage), null);
        }
        catch (JsonException wrong)
        {
            return (null, wrong.Path is { Length: > 2 } path ? path[2..] : "body");
        }
    }

    /// <summary>One address and nothing else: no name, no list, no line break by which a header could be added.</summary>
    private static string? Address(string? address) =>
        address is null or "" ? "The address is missing."
        : address.Length > 320 ? "The address is longer than 320 letters."
        : address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is ',' or ';' or '<' or '>' or '"' or '(' or ')' or '\\') ? "The address holds letters that no plain address has."
        : System.Net.Mail.MailAddress.TryCreate(address, out System.Net.Mail.MailAddress? parsed) && parsed.Address == address && address.Count(letter => letter == '@') == 1 ? null
        : "This is no address such as ana@example.com.";

    private static string? Line(string? text, int longest, bool required) =>
        string.IsNullOrWhiteSpace(text) ? (required ? "It is missing." : null)
        : text.Length > longest ? $"It is longer than {longest} letters."
        : text.Any(char.IsControl) ? "It has to be one line without control characters."
        : !Whole(text) ? Broken
        : null;

    private static string? Body(string? text) =>
        text is null ? null
        : text.Contains('\0', StringComparison.Ordinal) ? "It holds letters that no mail has."
        : !Whole(text) ? Broken
        : null;

    private const string Broken = "It holds half a letter (a lone surrogate).";

    private static bool Whole(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What nobody would see goes along behind a mark: it may be meant for the agent.</summary>
    private static string Read((string Visible, string Hidden) html) => HiddenText.Append(html.Visible, html.Hidden);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal sealed record InboxAddress(string? Name, string? Address);

/// <summary>Where a mail went.</summary>
internal sealed record InboxReceipt(string CaseId, TakenInAsWord As, string Location);

internal enum TakenInAsWord
{
    NewCase,
    Duplicate,
    Reply,
    Beyond,
}
