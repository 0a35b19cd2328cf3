using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Tests;

/// <summary>Plain facts that tests vary with <c>with</c>.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly Currency Eur = Currency.Parse("eur");
    public static readonly ApprovalRequirement OneOfSupport =
        new([new("support", 1)], "finance", TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(7));

    public static readonly RefundPolicy StandardPolicy = new(
        "test",
        "hash",
        new Dictionary<string, IReadOnlyList<string>> { ["support"] = ["ana@example.com", "ben@example.com"], ["finance"] = ["fay@example.com"] },
        [
            new("too-old", [new PolicyCondition.AgeOverDays(180)], new PolicyOutcome.Decline("It is too long ago.")),
            new("tiny", [new PolicyCondition.AmountUpTo(Limit(500))], new PolicyOutcome.Automatic(OneOfSupport)),
            new("small", [new PolicyCondition.AmountUpTo(Limit(10000))], new PolicyOutcome.Approval(OneOfSupport)),
            new("large", [new PolicyCondition.AmountUpTo(Limit(100000))], new PolicyOutcome.Approval(OneOfSupport with { Stages = [new("support", 1), new("finance", 1)] })),
        ],
        [],
        OneOfSupport);

    public static readonly Reading.RefundRequest Request = new([], null, null, RefundReason.NotReceived, 0.9, "rules", []);

    public static Money Euro(long minor) => new(minor, Eur);

    public static Dictionary<Currency, Money> Limit(long minor) => new() { [Eur] = Euro(minor) };

    public static ChargeRecord Charge(string id = "ch_1", long amount = 4200, long refunded = 0, int daysAgo = 10, params string[] references) => new(
        new(id), "pi_" + id, new CustomerId("cus_1"), Euro(amount), Euro(refunded), ChargeStatus.Succeeded, true, false, RiskLevel.Normal, Now.AddDays(-daysAgo), "visa 4242", references);

    public static ChargeFacts Read(ChargeRecord charge, params DisputeRecord[] disputes) => new(charge, [], disputes);

    public static DisputeRecord Dispute(string status) => new("du_1", new("ch_1"), status, "general", Euro(4200), Now);

    public static CustomerHistory History(params ChargeRecord[] charges) => new([new("cus_1")], charges, [], 0, []);

    public static PolicyQuestion Question(params ChargeFacts[] candidates) => new("case-1", Request, candidates, null, [], 0, [], [], Now);

    public static ApprovalRound Round(ApprovalRequirement? requirement = null, params ChargeOption[] charges) => new(
        new(
            "case-1-r1", "case-1", 1, ProposalKind.Refund, charges.Length == 0 ? [Option()] : charges, new("v", "h", "small", []), requirement ?? OneOfSupport, [], [], [],
            CustomerMails.Refunded, CustomerMails.Denied),
        Now,
        Now.AddDays(7),
        null,
        null,
        [],
        null);

    public static ChargeOption Option(string id = "ch_1", long refund = 4200) =>
        new(new(id), Euro(4200), Euro(0), Euro(refund), Euro(4200 - refund), "visa 4242", Now, RiskLevel.Normal);

    public static Person Person(string id, params string[] groups) => new(id, id, groups);

    public static Vote Approve(Person by, Money? amount = null, ChargeId? charge = null) => new(by, VoteKind.Approve, charge, amount, null, null, true, Now.AddHours(1));

    public static Vote Deny(Person by, string? reason = "not covered") => new(by, VoteKind.Deny, null, null, reason, null, true, Now.AddHours(1));
}
