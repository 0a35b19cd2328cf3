using System.Text.RegularExpressions;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Mail;

/// <summary>What may stand in a mail's header. Checked before anything leaves, so that no customer's text can add a header or a recipient.</summary>
internal static partial class MailHeaders
{
    private const int LongestSubject = 500;

    public static bool IsAddress(string? address) => address is { Length: <= 254 } && Address().IsMatch(address);

    /// <exception cref="PermanentFailureException">Names the field, never its value.</exception>
    public static void Check(OutgoingMail mail)
    {
        if (mail.OperationId == Guid.Empty)
        {
            throw Wrong("operation id", "must be set");
        }

        if (!IsAddress(mail.To))
        {
            throw Wrong("recipient", "is no single plain mail address");
        }

        if (mail.Subject.Length is 0 or > LongestSubject || HasBreak(mail.Subject))
        {
            throw Wrong("subject", $"must be one line of 1 to {LongestSubject} characters");
        }

        if (mail.ToName is { } name && (name.Length > 200 || HasBreak(name)))
        {
            throw Wrong("recipient's name", "must be one line");
        }

        if (mail.Text.Length == 0 || mail.Text.Contains('\0', StringComparison.Ordinal))
        {
            throw Wrong("text", "must not be empty or hold zero bytes");
        }
    }

    /// <summary>The mail's <c>Message-ID</c>: the same however often it is sent.</summary>
    public static string IdOf(OutgoingMail mail, string sender) => $"<{mail.OperationId}@{sender.Split('@')[1]}>";

    /// <summary>The headers that name the mail and put it below the one it answers. One whose id is not fit for a header starts its own thread.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfThread(OutgoingMail mail, string sender)
    {
        (string, string) own = ("Message-ID", IdOf(mail, sender));
        return mail.InReplyTo is { } original && MessageId().IsMatch(original) ? [own, ("In-Reply-To", original), ("References", original)] : [own];
    }

    private static bool HasBreak(string text) => text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');

    private static PermanentFailureException Wrong(string field, string what) => new($"The mail was not sent: its {field} {what}.", "mail_malformed");

    /// <summary>An address of plain letters: no quoting, comments, lists or characters outside ASCII, in which other addresses hide.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>\z", RegexOptions.CultureInvariant)]
    private static partial Regex MessageId();
}
