using System.Text;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Mail;

/// <summary>The outbox for a person: newest first, everything a mail says shown as text.</summary>
internal static class OutboxPage
{
    public static Task WriteAsync(HttpContext context, IReadOnlyList<SentMail> mails)
    {
        var content = new StringBuilder();
        foreach (var mail in mails.Take(Page.Newest))
        {
            Write(content, mail);
        }

        string count = mails.Count switch
        {
            0 => "Nothing has been sent yet.",
            1 => "1 mail, kept here and delivered to nobody.",
            _ => $"{mails.Count} mails, newest first, kept here and delivered to nobody.",
        };
        return Page.WriteAsync(context, "Outbox", count, content);
    }

    private static void Write(StringBuilder content, SentMail mail)
    {
        content.Append("<article><h2>").Append(Page.Escape(mail.Subject.Length > 0 ? mail.Subject : "(no subject)")).Append("</h2>").Append(Page.Time(mail.SentAt));
        if (mail.Status != "Succeeded")
        {
            content.Append(" <span class=\"bad\">✕ not delivered: every recipient is suppressed</span>");
        }

        content.Append("<dl>");
        Entry(content, "From", mail.Message.Text("senderAddress"));
        Entry(content, "To", string.Join(", ", mail.Recipients("to")));
        Entry(content, "Cc", string.Join(", ", mail.Recipients("cc")));
        Entry(content, "Bcc", string.Join(", ", mail.Recipients("bcc")));
        Entry(content, "Reply to", string.Join(", ", mail.Message.Children("replyTo").Select(one => one.Text("address"))));
        Entry(content, "Attached", string.Join(", ", mail.Message.Children("attachments").Select(one => one.Text("name"))));
        content.Append("</dl>");
        if (mail.Message.Child("content")?.Text("plainText") is { Length: > 0 } text)
        {
            content.Append("<div class=\"text\">").Append(Page.Escape(text)).Append("</div>");
        }

        if (mail.Message.Child("content")?.Text("html") is { Length: > 0 } html)
        {
            content.Append("<details><summary>HTML source</summary><pre>").Append(Page.Escape(html)).Append("</pre></details>");
        }

        content.Append("</article>");
    }

    private static void Entry(StringBuilder content, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            content.Append("<dt>").Append(name).Append("</dt><dd>").Append(Page.Escape(value)).Append("</dd>");
        }
    }
}
