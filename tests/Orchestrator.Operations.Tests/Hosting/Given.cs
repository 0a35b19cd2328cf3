using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Cases as the orchestration would have left them.</summary>
internal static class Given
{
    public const string CaseId = "case-0123456789abcdef";
    public const string ApprovalId = CaseId + "-r1";

    public static SupportMail Mail(string messageId = "m-1", string text = "I never got order 1042. Please refund me.", string from = "petra@customer.example", string subject = "Order 1042") =>
        new(messageId, "thread-1", new("Petra Kunde", from), null, subject, text, new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero));

    public static ChargeOption Charge(string id = "ch_1", long refund = 42_000, long paid = 49_900, string currency = "eur", long before = 0)
    {
        Currency unit = Currency.Parse(currency);
        return new(ChargeId.From(id), new(paid, unit), new(before, unit), new(refund, unit), new(paid - before - refund, unit), "visa 4242", new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero), RiskLevel.Normal);
    }

    public static Proposal Proposal(ApprovalRequirement? requirement = null, IReadOnlyList<ChargeOption>? charges = null, ProposalKind kind = ProposalKind.Refund, int round = 1, string caseId = CaseId) => new(
        $"{caseId}-r{round}",
        caseId,
        round,
        kind,
        charges ?? [Charge()],
        new("7", new string('a', 64), "large-amount", [new("amount over", "EUR 100.00", "EUR 420.00")]),
        requirement ?? TestPolicy.OneOfFinance,
        [new("Order", "1042", "the customer's mail"), new("Delivery", "not confirmed", "Stripe charge ch_1")],
        [],
        ["Replies would go to another address than the sender's."],
        new("Your refund", "Dear {customer},\n\nwe refund {amount}. It arrives by {date}.\n\nYour shop"),
        new("Your request", "Dear {customer},\n\nwe can't refund this.\n\nYour shop"));

    public static async Task<ApprovalRound> OpenApprovalAsync(this Surface surface, Proposal? proposal = null, SupportMail? mail = null)
    {
        Proposal asked = proposal ?? Proposal();
        DateTimeOffset now = surface.Clock.GetUtcNow();
        await surface.Files.TakeInAsync(mail ?? Mail(), asked.CaseId, now, CancellationToken.None);
        await surface.Files.NoteCustomerAsync(asked.CaseId, "Petra Kunde", CancellationToken.None);
        surface.Orchestrations.Put(
            asked.CaseId,
            new(CasePhase.AwaitingApproval, "Waiting for finance to decide on the refund.", now + asked.Requirement.Deadline, asked.Charges.Count == 1 ? asked.Charges[0].Refund : null, asked.Charges.Count == 1 ? asked.Charges[0].Charge : null, null, asked.ApprovalId));
        return await surface.Approvals.OpenAsync(new(asked, now, now + asked.Requirement.Deadline, null, null, [], null), CancellationToken.None);
    }

}
