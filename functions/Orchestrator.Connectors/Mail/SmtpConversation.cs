using System.Globalization;
using System.Text;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Mail;

/// <summary>Commands and replies of RFC 5321 over one connection.</summary>
internal sealed class SmtpConversation(Stream stream) : IAsyncDisposable
{
    private const int LongestReply = 64 * 1024;
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = stream;
    private int _start;
    private int _end;

    /// <summary>Goes on over TLS. What the other side sent before in the clear is thrown away: it could have been put in by anybody between.</summary>
    public void Replace(Stream encrypted) => (_stream, _start, _end) = (encrypted, 0, 0);

    public async Task<string> HelloAsync(CancellationToken cancellationToken) => await AskAsync("EHLO orchestrator", 250, cancellationToken);

    public async Task<string> AskAsync(string command, int expected, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        return await ExpectAsync(expected, StepOf(command), cancellationToken);
    }

    /// <exception cref="SmtpRefusalException">Another code came.</exception>
    public async Task<string> ExpectAsync(int expected, string step, CancellationToken cancellationToken)
    {
        var reply = new StringBuilder();
        while (true)
        {
            string line = await LineAsync(cancellationToken);
            reply.AppendLine(line);
            int code = line.Length >= 3 && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            if (code == 0 || reply.Length > LongestReply)
            {
                throw new SmtpRefusalException(step, 0);
            }

            if (line.Length == 3 || line[3] != '-')
            {
                return code == expected || (expected == 250 && code is 251 or 252) ? reply.ToString() : throw new SmtpRefusalException(step, code);
            }
        }
    }

    /// <summary>PLAIN where it is offered, LOGIN otherwise.</summary>
    public async Task SignInAsync(string offers, string user, KeyLease key, CancellationToken cancellationToken)
    {
        string? methods = offers.Split('\n').FirstOrDefault(line => line.Contains("AUTH", StringComparison.OrdinalIgnoreCase));
        if (methods?.Contains("PLAIN", StringComparison.OrdinalIgnoreCase) == true)
        {
            await AskAsync($"AUTH PLAIN {Base64($"\0{user}\0{key.Reveal()}")}", 235, cancellationToken);
            return;
        }

        await AskAsync("AUTH LOGIN", 334, cancellationToken);
        await AskAsync(Base64(user), 334, cancellationToken);
        await AskAsync(Base64(key.Reveal()), 235, cancellationToken);
    }

    /// <summary>Says goodbye; a server that hangs up first has taken the mail all the same.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
        }
        catch (IOException)
        {
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The command's word alone: what follows it may be an address or a password.</summary>
    private static string StepOf(string command) => command switch
    {
        _ when command.StartsWith("MAIL FROM", StringComparison.Ordinal) => "MAIL FROM",
        _ when command.StartsWith("RCPT TO", StringComparison.Ordinal) => "RCPT TO",
        _ when command.StartsWith("EHLO", StringComparison.Ordinal) => "EHLO",
        "STARTTLS" or "DATA" => command,
        _ when command.EndsWith("\r\n.", StringComparison.Ordinal) => "the end of the mail",
        _ => "AUTH",
    };

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < LongestReply)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await _stream.ReadAsync(_buffer, cancellationToken));
                if (_end == 0)
                {
                    throw new IOException("The mail server hung up.");
                }
            }

            char letter = (char)_buffer[_start++];
            if (letter == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(letter);
        }

        throw new SmtpRefusalException("a line without end", 0);
    }
}

/// <summary>The server said something else than was hoped for.</summary>
#pragma warning disable CA1064 // Never leaves this folder: SmtpMail turns it into one of the four failures.
internal sealed class SmtpRefusalException(string step, int code) : Exception($"{step}: {code}")
{
    public string Step { get; } = step;

    public int Code { get; } = code;

    public string CodeText => Code.ToString(CultureInfo.InvariantCulture);
}
