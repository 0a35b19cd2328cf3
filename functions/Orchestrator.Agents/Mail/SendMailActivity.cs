using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Mail;

/// <summary>Makes the agreed mail personal and hands it over once. What it promises, amount and date, goes on the record; its words do not.</summary>
internal sealed class SendMailActivity(ICaseFiles files, IMailSender sender, Permission permission, OutsideGate gate, TimeProvider clock) : IActivity<MailOrder, bool>
{
    private const int BusinessDaysUntilMoneyShows = 10;

    public async Task<bool> RunAsync(ActivityContext context, MailOrder input, CancellationToken cancellationToken)
    {
        MailDraft agreed = await permission.DemandAsync(input, cancellationToken);
        CaseFile file = await files.OpenedAsync(input.CaseId, cancellationToken);
        SupportMail first = file.First;
        string to = Addressing.Deliverable(first.From.Address)
            ?? throw new PermanentFailureException("The sender's address has no form in which a mail server takes it, so the mail was not sent. Tell the customer another way.", "not_deliverable");
        string? name = Addressing.DisplayName(file.CustomerName);
        string promisedBy = BusinessDays.After(clock.GetUtcNow(), BusinessDaysUntilMoneyShows).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        MailDraft filled = CustomerMails.Fill(agreed, name, input.Amount?.ToString(), promisedBy);
        var mail = new OutgoingMail(
            CaseIds.OperationId(input.CaseId, input.Intent), to, name, filled.Subject, filled.Body, first.MessageId);
        ActArguments arguments = new ActArguments { IdempotencyKey = mail.OperationId.ToString() }
            .With("intent", input.Intent)
            .With("approval", input.ApprovalId)
            .With("promised_amount", input.Amount?.ToString())
            .With("promised_by", input.Amount is null || input.OnItsWay ? null : promisedBy)
            .With("body_sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(filled.Body))));

        GatePass pass = await gate.OpenAsync(ActivityNames.SendMail, input.CaseId, cancellationToken);
        await pass.PerformAsync(
            Tools.MailSend,
            arguments,
            async (call, token) =>
            {
                MailReceipt receipt = await sender.SendAsync(call, mail, token);
                call.Saw(receipt.ProviderId);
                return receipt;
            },
            cancellationToken);
        return true;
    }
}
