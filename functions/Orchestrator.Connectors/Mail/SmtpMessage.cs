using System.Globalization;
using System.Text;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Mail;

/// <summary>A mail as text on the wire (RFC 5322, MIME): ASCII headers with encoded words, the body in base64, so that no line of it can end the mail or start a header.</summary>
internal static class SmtpMessage
{
    private const int BytesPerWord = 42;

    public static string Write(OutgoingMail mail, string sender, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Header("Date", now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("From", $"<{sender}>");
        Header("To", string.IsNullOrWhiteSpace(mail.ToName) ? $"<{mail.To}>" : $"{Words(mail.ToName)}\r\n <{mail.To}>");
        Header("Subject", Words(mail.Subject));
        foreach ((string name, string value) in MailHeaders.OfThread(mail, sender))
        {
            Header(name, value);
        }

        Header("Auto-Submitted", "auto-replied");
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/plain; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        string body = mail.Text.ReplaceLineEndings("\r\n");
        return text.Append("\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(body), Base64FormattingOptions.InsertLineBreaks)).ToString();

        void Header(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Encoded words (RFC 2047), cut between letters, one to a line; always encoded, so that nothing in them means anything.</summary>
    private static string Words(string value)
    {
        List<string> words = [];
        var part = new List<byte>();
        foreach (Rune letter in value.EnumerateRunes())
        {
            byte[] bytes = Encoding.UTF8.GetBytes(letter.ToString());
            if (part.Count + bytes.Length > BytesPerWord)
            {
                words.Add(Word(part));
                part.Clear();
            }

            part.AddRange(bytes);
        }

        words.Add(Word(part));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
