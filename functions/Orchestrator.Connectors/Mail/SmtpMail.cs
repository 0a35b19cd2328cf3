using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Mail;

/// <summary>
/// Mail through any SMTP server. It tells a mail that never left from one that the server may have, which is the difference between sending again and sending twice.
/// SMTP knows no repeats: the Message-ID is derived from the operation, so that a duplicate can be recognised by servers and people.
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
        using var progress = new SmtpProgress();
        try
        {
            await SpeakAsync(call, SmtpMessage.Write(mail, options.Sender, clock.GetUtcNow()), progress, limit.Token);
        }
        catch (Exception exception)
            when (!cancellationToken.IsCancellationRequested && FailureOf(exception, call.Key, MailHeaders.IdOf(mail, options.Sender), progress) is { } failure)
        {
            throw failure;
        }

        string id = MailHeaders.IdOf(mail, options.Sender);
        call.Saw(id);
        return new(id);
    }

    private async Task SpeakAsync(ActCall call, MimeMessage message, SmtpProgress progress, CancellationToken cancellationToken)
    {
        // Revocation lists are not asked for: a list that is out of reach must not keep a customer untold.
        using var client = new SmtpClient(progress)
        {
            LocalDomain = "orchestrator",
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = validate,
        };
        await client.ConnectAsync(options.Host, options.Port, SecurityOf(options.Security), cancellationToken);
        if (options.User is { } user)
        {
            await client.AuthenticateAsync(user, call.Key.Reveal(), cancellationToken);
        }

        await client.SendAsync(message, cancellationToken, progress);
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
            // The mail is taken; a server that hangs up before our goodbye changes nothing about it.
        }
    }

    private static SecureSocketOptions SecurityOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>Null for what no mail server does to us. The server's sentences stay here: they may repeat the recipient's address.</summary>
    private OutsideFailureException? FailureOf(Exception exception, KeyLease key, string messageId, SmtpProgress progress) => exception switch
    {
        SmtpCommandException refusal => Refusal(refusal),
        AuthenticationException => new PermanentFailureException(
            $"Mail server {options.Host} did not accept user '{options.User}' with key '{key.Name}' (version {key.Version}). Store the right password as a new version of '{key.Name}'.",
            "authentication"),
        SslHandshakeException => new PermanentFailureException(
            $"The certificate of mail server {options.Host} is not trusted. Check Smtp:Host, or the server's certificate.", "untrusted_certificate"),
        NotSupportedException => new PermanentFailureException(
            $"Mail server {options.Host} does not offer what Smtp:Security and Smtp:User ask for, and nothing is sent in the clear. Use other settings, or another server.", "no_tls"),
        SmtpProtocolException when progress.WasAnswered && !progress.WholeMailLeft => new PermanentFailureException(
            $"What answers at {options.Host}:{options.Port} is no mail server.", "no_mail_server"),
        SmtpProtocolException or IOException or SocketException or OperationCanceledException => progress.WholeMailLeft
            ? new OutcomeUnknownException(
                $"Mail server {options.Host} had the whole mail and did not confirm it. Look for Message-ID {messageId} there before it is sent again.", "connection_lost")
            : new TransientFailureException($"Mail server {options.Host}:{options.Port} could not be reached or broke off. Nothing was sent.", "unreachable"),
        _ => null,
    };

    private OutsideFailureException Refusal(SmtpCommandException refusal)
    {
        int code = (int)refusal.StatusCode;
        string text = code.ToString(CultureInfo.InvariantCulture);
        string step = refusal.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => "RCPT TO",
            SmtpErrorCode.SenderNotAccepted => "MAIL FROM",
            SmtpErrorCode.MessageNotAccepted => "the end of the mail",
            _ => "a command",
        };
        return code is >= 400 and < 500
            ? new TransientFailureException($"Mail server {options.Host} put the mail off at {step} ({text}).", text)
            : new RefusedException($"Mail server {options.Host} refused the mail at {step} ({text}). Check Smtp:Sender and the recipient.", text);
    }
}
