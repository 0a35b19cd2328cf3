using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Connectors.Tests.Records;

internal static class Samples
{
    public static readonly DateTimeOffset At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static SupportMail Mail(string id = "m1", string thread = "t1", string from = "ana@example.com", string text = "Where is my order 1001?") =>
        new(id, thread, new("Ana", from), null, "Order 1001", text, At);

    public static AuditEntry Entry(string caseId = "case-a", string tool = "stripe.refunds.list", string outcome = "succeeded") =>
        new(At, caseId, "agent/IssueRefund", tool, """{"charge":"ch_1"}""", ["ch_1", "re_1"], "req_1", "case-a:refund", "stripe-refund", "v1", null, outcome);

    public static ApprovalRound Round(string caseId = "case-a", int round = 1, DateTimeOffset? openedAt = null)
    {
        Currency kwd = Currency.Parse("kwd");
        var option = new ChargeOption(new("ch_1"), new(12_500, kwd), new(0, kwd), new(12_500, kwd), new(0, kwd), "visa 4242", At.AddDays(-3), RiskLevel.Normal);
        var proposal = new Proposal(
            $"{caseId}-r{round}",
            caseId,
            round,
            ProposalKind.Refund,
            [option],
            new("1", new string('a', 64), "standard", [new("amount up to", "KWD 15.000", "KWD 12.500")]),
            new([new("support", 1)], "finance", TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(7)),
            [new("Paid", "KWD 12.500", "Stripe ch_1")],
            [],
            [],
            new("Your refund", "Dear {customer}"),
            null);
        DateTimeOffset opened = openedAt ?? At;
        return new(proposal, opened, opened.AddDays(7), null, null, [], null);
    }

    public static Vote Vote(string by) => new(new(by, by, ["support"]), VoteKind.Approve, null, null, null, null, true, At);

    public static Conclusion Approved(DateTimeOffset at) => new(ConclusionKind.Approved, at, ["ben@example.com"], new("ch_1"), new(12_500, Currency.Parse("kwd")), null, new MailDraft("s", "b"));
}
