using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Orchestrator.Connectors.Tests.Mail;

/// <summary>A mail server for one conversation at a time, which can be told to refuse or to hang up at a step.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly Func<string, string?> _answer;
    private readonly Task _running;

    /// <param name="answer">What to say to a command, or to <c>(mail)</c>: a reply, an empty text to hang up, null for the usual.</param>
    public SmtpServer(Func<string, string?>? answer = null, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer ?? (_ => null), certificate);
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    public List<string> Mails { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The other side hung up.
            }
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        await SayAsync(stream, "220 here");
        while (await LineAsync(stream) is { } command)
        {
            Commands.Add(command);
            string? told = _answer(command);
            if (told is { Length: 0 })
            {
                return;
            }

            string reply = told ?? Usual(command);
            await SayAsync(stream, reply);
            if (command == "STARTTLS" && reply.StartsWith("220", StringComparison.Ordinal))
            {
                var encrypted = new SslStream(stream);
                await encrypted.AuthenticateAsServerAsync(_certificate!);
                stream = encrypted;
            }

            if (command == "DATA" && reply.StartsWith("354", StringComparison.Ordinal))
            {
                var mail = new StringBuilder();
                while (await LineAsync(stream) is { } line && line != ".")
                {
                    mail.Append(line).Append('\n');
                }

                Mails.Add(mail.ToString());
                string? end = _answer("(mail)");
                if (end is { Length: 0 })
                {
                    return;
                }

                await SayAsync(stream, end ?? "250 taken");
            }
        }
    }

    private string Usual(string command) => command.Split(' ')[0] switch
    {
        "EHLO" => "250-here\r\n250-" + (_certificate is null ? "SIZE 100" : "STARTTLS") + "\r\n250 AUTH LOGIN PLAIN",
        "STARTTLS" => "220 go ahead",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private static async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
