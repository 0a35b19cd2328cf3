using System.Net;
using System.Net.Sockets;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Mail;

/// <summary>Takes mail by SMTP on loopback, in the clear, and puts it in the outbox.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    public const string UserName = "sandbox";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _serve;
    private readonly Task _accepting;

    private SmtpListener(TcpListener listener, Func<Stream, CancellationToken, Task> serve)
    {
        _listener = listener;
        _serve = serve;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <exception cref="IOException">The port is taken.</exception>
    public static SmtpListener Start(int port, Outbox outbox, SandboxClock clock, string password)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException refused)
        {
            listener.Dispose();
            throw new IOException($"The smtp stand-in cannot listen on 127.0.0.1:{port}. Stop what uses that port or choose another.", refused);
        }

        return new SmtpListener(listener, (stream, cancellation) => new SmtpSession(stream, outbox, clock, password).RunAsync(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                sessions.RemoveAll(session => session.IsCompletedSuccessfully);
                if (await AcceptOneAsync() is { } client)
                {
                    sessions.Add(ServeAsync(client));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    /// <summary>Null for a caller that left before it was taken.</summary>
    private async Task<TcpClient?> AcceptOneAsync()
    {
        try
        {
            return await _listener.AcceptTcpClientAsync(_stop.Token);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await _serve(stream, _stop.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client left, or the sandbox is stopping: a mail that had no answer yet was not taken.
            }
        }
    }
}
