using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Mail;

/// <summary>One SMTP conversation: EHLO, AUTH PLAIN, MAIL, RCPT, DATA, RSET, NOOP, QUIT (RFC 5321, 1870, 4954).</summary>
internal sealed class SmtpSession(Stream stream, Outbox outbox, SandboxClock clock, string password)
{
    private const int MostRecipients = 100;
    private readonly SmtpLines _lines = new(stream);
    private readonly List<string> _recipients = [];
    private string? _sender;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ReplyAsync("220 sandbox ESMTP", cancellation);
        while (await _lines.ReadAsync(SmtpLines.LongestCommand, cancellation) is { } bytes)
        {
            string line = Encoding.UTF8.GetString(bytes);
            string verb = line.Split(' ', 2)[0].ToUpperInvariant();
            string rest = line.Length > verb.Length ? line[(verb.Length + 1)..].Trim() : "";
            if (verb == "QUIT")
            {
                await ReplyAsync("221 2.0.0 Bye", cancellation);
                return;
            }

            await ReplyAsync(await ObeyAsync(verb, rest, cancellation), cancellation);
        }
    }

    private async Task<string> ObeyAsync(string verb, string rest, CancellationToken cancellation) => verb switch
    {
        "EHLO" => $"250-sandbox\r\n250-SIZE {EmailRequest.LargestRequest}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN",
        "HELO" => "250 sandbox",
        "NOOP" => "250 2.0.0 OK",
        "RSET" => Reset(),
        "AUTH" => await AuthenticateAsync(rest, cancellation),
        "MAIL" => BeginMail(rest),
        "RCPT" => AddRecipient(rest),
        "DATA" => await ReceiveAsync(cancellation),
        _ => "502 5.5.1 Command not implemented",
    };

    private string Reset()
    {
        _sender = null;
        _recipients.Clear();
        return "250 2.0.0 OK";
    }

    private async Task<string> AuthenticateAsync(string rest, CancellationToken cancellation)
    {
        string[] parts = rest.Split(' ', 2);
        if (!parts[0].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            return "504 5.5.4 Only AUTH PLAIN";
        }

        string answer = parts.Length == 2 ? parts[1] : "";
        if (answer.Length == 0)
        {
            await ReplyAsync("334 ", cancellation);
            answer = Encoding.UTF8.GetString(await _lines.ReadAsync(SmtpLines.LongestCommand, cancellation) ?? []);
        }

        var plain = new byte[answer.Length];
        bool right = Convert.TryFromBase64String(answer, plain, out int length)
            && Encoding.UTF8.GetString(plain, 0, length).Split('\0') is [_, var name, var shown]
            && name == SmtpListener.UserName && shown == password;
        return right ? "235 2.7.0 Authenticated" : "535 5.7.8 Wrong user name or password";
    }

    private string BeginMail(string rest)
    {
        if (_sender is not null)
        {
            return "503 5.5.1 One mail at a time";
        }

        if (Path(rest, "FROM:") is not { } sender)
        {
            return "501 5.5.4 MAIL FROM:<address>";
        }

        int size = rest.IndexOf("SIZE=", StringComparison.OrdinalIgnoreCase);
        if (size >= 0 && long.TryParse(rest[(size + 5)..].Split(' ')[0], out long bytes) && bytes > EmailRequest.LargestRequest)
        {
            return "552 5.3.4 Too large";
        }

        _sender = sender;
        return "250 2.1.0 OK";
    }

    private string AddRecipient(string rest)
    {
        if (_sender is null)
        {
            return "503 5.5.1 MAIL first";
        }

        if (Path(rest, "TO:") is not { } recipient || !recipient.Contains('@', StringComparison.Ordinal))
        {
            return "501 5.1.3 RCPT TO:<address>";
        }

        if (_recipients.Count == MostRecipients)
        {
            return "452 4.5.3 Too many recipients";
        }

        _recipients.Add(recipient);
        return "250 2.1.5 OK";
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellation)
    {
        if (_recipients.Count == 0)
        {
            return "503 5.5.1 RCPT first";
        }

        await ReplyAsync("354 End with a line that is a single dot", cancellation);
        byte[]? data = await _lines.ReadDataAsync(EmailRequest.LargestRequest, cancellation);
        var (sender, recipients) = (_sender!, _recipients.ToList());
        Reset();
        if (data is null)
        {
            return "552 5.3.4 Too large";
        }

        string id = Guid.NewGuid().ToString();
        JsonObject message = SmtpMessage.Read(data, sender, recipients);
        outbox.Send(id, "smtp", clock.GetUtcNow(), message);
        return $"250 2.0.0 Queued as {id}";
    }

    private Task ReplyAsync(string reply, CancellationToken cancellation) => stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), cancellation).AsTask();

    /// <summary>The address of <c>FROM:&lt;a@b&gt; …</c>; empty for the null sender, null for anything else.</summary>
    private static string? Path(string rest, string word)
    {
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string path = rest[word.Length..].TrimStart();
        int end = path.IndexOf('>', StringComparison.Ordinal);
        return path.StartsWith('<') && end > 0 ? path[1..end] : null;
    }
}
