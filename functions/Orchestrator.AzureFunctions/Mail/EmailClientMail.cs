using Azure;
using Azure.Communication.Email;
using Azure.Core;
using Azure.Core.Pipeline;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.AzureFunctions.Mail;

/// <summary>Mail through Azure Communication Services by <see cref="EmailClient"/>; when and how a mail is handed over is the same as over plain HTTP.</summary>
internal sealed class EmailClientMail : IMailSender, ICommunicationServicesWire, IDisposable
{
    private readonly CommunicationServicesOptions _options;
    private readonly HttpClientTransport _transport = new(OutsideWire.CreateClientForPackage());
    private readonly CommunicationServicesHandover _handover;

    public EmailClientMail(CommunicationServicesOptions options, TimeProvider clock)
    {
        _options = options;
        _handover = new(this, clock);
    }

    public Task<MailReceipt> SendAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken) => _handover.SendAsync(call, mail, cancellationToken);

    public void Dispose() => _transport.Dispose();

    Task<OutsideAnswer> ICommunicationServicesWire.LookUpAsync(ActCall call, string operation, CancellationToken cancellationToken) =>
        AskAsync(call, async (client, limit) => await new EmailSendOperation(operation, client).UpdateStatusAsync(limit), changesTheWorld: false, cancellationToken);

    Task<OutsideAnswer> ICommunicationServicesWire.PostAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken) =>
        AskAsync(call, (client, limit) => client.SendAsync(WaitUntil.Started, Message(mail), mail.OperationId, limit), changesTheWorld: true, cancellationToken);

    private async Task<OutsideAnswer> AskAsync(ActCall call, Func<EmailClient, CancellationToken, Task> ask, bool changesTheWorld, CancellationToken cancellationToken)
    {
        var kept = new AnswerKept();
        EmailClient client = Client(call.Key, kept);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            await ask(client, limit.Token);
        }
#pragma warning disable CA1031 // Whatever it is, it comes after the answer, which says more.
        catch (Exception) when (kept.Answer is not null)
#pragma warning restore CA1031
        {
            // The package throws at an answer that is an error or can't be read, in words that repeat it, addresses included. The answer itself goes on.
        }
        catch (ArgumentException exception)
        {
            // Its words may repeat the address, so it goes no further.
            throw new PermanentFailureException($"The mail was not sent: EmailClient does not take its recipient, subject or text ({exception.GetType().Name}).", "mail_malformed");
        }
        catch (Exception exception) when (OutsideWire.FailureOf(Cause(exception), CommunicationServicesHandover.Who, _options.Endpoint, _options.Timeout, changesTheWorld, cancellationToken) is { } failure)
        {
            throw failure;
        }

        return kept.Answer ?? throw OutsideWire.NoAnswer(CommunicationServicesHandover.Who, "EmailClient made no request", "no_request", changesTheWorld, inner: null);
    }

    /// <summary>A client for one request, so that the key is held no longer than that. Connections are shared.</summary>
    private EmailClient Client(KeyLease key, AnswerKept kept)
    {
        HmacSigning.Secret(key);
        var options = new EmailClientOptions(EmailClientOptions.ServiceVersion.V2025_09_01) { Transport = _transport };
        // A repeated POST would be harmless while the service remembers the operation's id, but that is some minutes only and no promise: the orchestration
        // retries instead, each time asking first whether the operation is known, and each attempt is on record.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = _options.Timeout;
        // Both would hold texts of the service, which may repeat an address.
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.AddPolicy(kept, HttpPipelinePosition.PerCall);
        return new(_options.Endpoint, new AzureKeyCredential(key.Reveal()), options);
    }

    private EmailMessage Message(OutgoingMail mail)
    {
        EmailAddress recipient = string.IsNullOrWhiteSpace(mail.ToName) ? new(mail.To) : new(mail.To, mail.ToName);
        var message = new EmailMessage(_options.Sender, new EmailRecipients([recipient]), new EmailContent(mail.Subject) { PlainText = mail.Text })
        {
            UserEngagementTrackingDisabled = true,
        };
        foreach ((string name, string value) in MailHeaders.OfThread(mail, _options.Sender))
        {
            message.Headers.Add(name, value);
        }

        return message;
    }

    private static Exception Cause(Exception exception) => exception is RequestFailedException { InnerException: { } inner } ? inner : exception;
}
