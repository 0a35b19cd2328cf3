using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Mail;

/// <summary>A mail to a customer before it is personal: <c>{customer}</c>, <c>{amount}</c>, <c>{date}</c> stand for what is filled in when it is sent. Goes into history.</summary>
public sealed record MailDraft(string Subject, string Body);

/// <summary>A mail as it leaves. Personal.</summary>
/// <param name="OperationId">A GUID derived from case and intent: the same mail sent twice is one mail.</param>
public sealed record OutgoingMail(Guid OperationId, string To, string? ToName, string Subject, string Text, string? InReplyTo);

/// <param name="ProviderId">The provider's id of the mail or operation.</param>
public sealed record MailReceipt(string ProviderId);

/// <summary>Sends mail to customers, with the key <c>mail</c>.</summary>
public interface IMailSender
{
    /// <summary>Hands the mail over once per <see cref="OutgoingMail.OperationId"/>.</summary>
    Task<MailReceipt> SendAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken);
}
