using MimeKit;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Mail;

/// <summary>A mail as it goes over the wire (RFC 5322, MIME). The body is in base64, so that no line of it can end the mail or start a header.</summary>
internal static class SmtpMessage
{
    public static MimeMessage Write(OutgoingMail mail, string sender, DateTimeOffset now)
    {
        var message = new MimeMessage(
            [new MailboxAddress(null, sender)],
            [new MailboxAddress(mail.ToName, mail.To)],
            mail.Subject,
            new TextPart("plain") { Text = mail.Text.ReplaceLineEndings("\r\n"), ContentTransferEncoding = ContentEncoding.Base64 })
        {
            Date = now,
        };
        foreach ((string name, string value) in MailHeaders.OfThread(mail, sender))
        {
            message.Headers.Replace(name, value);
        }

        message.Headers.Add("Auto-Submitted", "auto-replied");
        return message;
    }
}
