using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Mail;

/// <summary>
/// Mail through any SMTP server. Spoken here rather than by the framework's client, because that one does not tell whether the server had the whole mail when the
/// connection broke, which is the difference between sending again and sending twice. SMTP knows no repeats: the Message-ID is derived from the operation, so that
/// a duplicate can be recognised by servers and people.
/// </summary>
/// <param name="validate">For a server on this machine with a certificate of its own; null trusts the system's authorities.</param>
public sealed class SmtpMail(SmtpOptions options, TimeProvider clock, RemoteCertificateValidationCallback? validate = null) : IMailSender
{
    public async Task<MailReceipt> SendAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(mail);
        MailHeaders.Check(mail);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        var progress = new SmtpProgress();
        try
        {
            return await SpeakAsync(call, mail, progress, limit.Token);
        }
        catch (SmtpRefusalException refusal)
        {
            throw Failure(call.Key, refusal);
        }
        catch (AuthenticationException exception)
        {
            throw new PermanentFailureException($"The certificate of mail server {options.Host} is not trusted. Check Smtp:Host, or the server's certificate.", "untrusted_certificate", inner: exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw progress.WholeMailLeft
                ? new OutcomeUnknownException($"Mail server {options.Host} had the whole mail and did not confirm it. Look for Message-ID {MailHeaders.IdOf(mail, options.Sender)} there before it is sent again.", "connection_lost", inner: exception)
                : new TransientFailureException($"Mail server {options.Host}:{options.Port} could not be reached or broke off. Nothing was sent.", "unreachable", inner: exception);
        }
    }

    private async Task<MailReceipt> SpeakAsync(ActCall call, OutgoingMail mail, SmtpProgress progress, CancellationToken cancellationToken)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(options.Host, options.Port, cancellationToken);
        Stream stream = tcp.GetStream();
        if (options.Security == SmtpSecurity.Tls)
        {
            stream = await EncryptAsync(stream, cancellationToken);
        }

        await using var conversation = new SmtpConversation(stream);
        await conversation.ExpectAsync(220, "greeting", cancellationToken);
        string offers = await conversation.HelloAsync(cancellationToken);
        if (options.Security == SmtpSecurity.StartTls)
        {
            if (!offers.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase))
            {
                throw new PermanentFailureException($"Mail server {options.Host} offers no STARTTLS, and nothing is sent in the clear. Use Smtp:Security tls, or another server.", "no_tls");
            }

            await conversation.AskAsync("STARTTLS", 220, cancellationToken);
            conversation.Replace(await EncryptAsync(stream, cancellationToken));
            offers = await conversation.HelloAsync(cancellationToken);
        }

        if (options.User is { } user)
        {
            await conversation.SignInAsync(offers, user, call.Key, cancellationToken);
        }

        await conversation.AskAsync($"MAIL FROM:<{options.Sender}>", 250, cancellationToken);
        await conversation.AskAsync($"RCPT TO:<{mail.To}>", 250, cancellationToken);
        await conversation.AskAsync("DATA", 354, cancellationToken);
        string text = SmtpMessage.Write(mail, options.Sender, clock.GetUtcNow());
        progress.WholeMailLeft = true;
        await conversation.AskAsync(text + "\r\n.", 250, cancellationToken);
        await conversation.LeaveAsync(cancellationToken);
        string id = MailHeaders.IdOf(mail, options.Sender);
        call.Saw(id);
        return new(id);
    }

    private async Task<Stream> EncryptAsync(Stream stream, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        await encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Host, RemoteCertificateValidationCallback = validate },
            cancellationToken);
        return encrypted;
    }

    /// <summary>The server's code alone goes on: its sentence may repeat the recipient's address.</summary>
    private OutsideFailureException Failure(KeyLease key, SmtpRefusalException refusal) => refusal.Code switch
    {
        530 or 534 or 535 => new PermanentFailureException($"Mail server {options.Host} did not accept user '{options.User}' with key '{key.Name}' (version {key.Version}). Store the right password as a new version of '{key.Name}'.", refusal.CodeText),
        >= 400 and < 500 => new TransientFailureException($"Mail server {options.Host} put the mail off at {refusal.Step} ({refusal.Code}).", refusal.CodeText),
        >= 500 and < 600 => new RefusedException($"Mail server {options.Host} refused the mail at {refusal.Step} ({refusal.Code}). Check Smtp:Sender and the recipient.", refusal.CodeText),
        _ => new PermanentFailureException($"What answers at {options.Host}:{options.Port} is no mail server ({refusal.Step}).", refusal.CodeText),
    };

    private sealed class SmtpProgress
    {
        public bool WholeMailLeft { get; set; }
    }
}
