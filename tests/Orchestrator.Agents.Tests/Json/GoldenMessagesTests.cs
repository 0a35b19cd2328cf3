using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Json;

/// <summary>Stored JSON is a contract: each message is written as its golden file says, and what the file says is still read. To add one, write its file by hand from the failure's text.</summary>
public sealed class GoldenMessagesTests
{
    private static readonly DecisionBasis Basis = new("2026-11", "abc", "small", [new("amount up to", "EUR 100.00", "EUR 42.00")]);
    private static readonly RefundRecord Refund = new(new("re_1"), new("ch_1"), Euro(4200), RefundStatus.Pending, null, "processing", Now, "case-1", "refund-1");
    private static readonly Proposal Asked = new(
        "case-1-r1", "case-1", 1, ProposalKind.Refund, [Option()], Basis, OneOfSupport, [new("Risk", "Normal", "Stripe ch_1")],
        [new("Refund", "EUR 42.00", "EUR 10.00")], ["Look twice."], new("Your refund of {amount}", "Hello {customer}"), null);

    private static readonly Dictionary<string, object> Messages = new()
    {
        ["support-mail"] = new SupportMail("<1@example.com>", "thread-1", new("Ana", "ana@example.com"), null, "Refund", "Please refund W-1.", Now),
        ["reading.refund-request"] = (Reading)new Reading.RefundRequest(["W-1"], Euro(1000), Euro(4200), RefundReason.Defective, 0.9, "rules", [MailNotice.ReplyToDiffers]),
        ["reading.for-a-person"] = (Reading)new Reading.ForAPerson(ReadingDoubt.Unsure, "It asks two things.", 0.4, "rules", []),
        ["case-start"] = new CaseStart("case-1"),
        ["failed-refund-start"] = new FailedRefundStart("case-1", new("re_1")),
        ["stopped-case-start"] = new StoppedCaseStart("case-1", MoneyMoved: true),
        ["case-status"] = new CaseStatus(CasePhase.AwaitingApproval, "Waiting for approval by support.", Now, Euro(4200), new ChargeId("ch_1"), null, "case-1-r1"),
        ["case-status.with-ids"] = new CaseStatus(CasePhase.Settling, "Waiting for Stripe.", null, Euro(4200), new ChargeId("ch_1"), new RefundId("re_1"), null, ["cus_1", "ch_1", "re_1"]),
        ["case-outcome"] = new CaseOutcome(CaseEnd.Refunded, "EUR 42.00 was refunded on ch_1.", new ChargeId("ch_1"), Euro(4200), new RefundId("re_1")),
        ["case-note"] = new CaseNote(Now, "ana@example.com", "cases.suspend", "The customer phoned."),
        ["customer-history"] = History(Charge(references: "W-1")) with { EarlierRefunds = [Now], EarlierCases = ["case-0"] },
        ["read-charges-input"] = new ReadChargesInput("case-1", [new("ch_1")]),
        ["charge-facts"] = (IReadOnlyList<ChargeFacts>)[new ChargeFacts(Charge(), [Refund], [Dispute("needs_response")])],
        ["policy-question"] = Question(Read(Charge())),
        ["assessment.needs-approval"] = new Assessment(new RefundDecision.NeedsApproval(Basis, OneOfSupport), [Option()], [], ["n"], OneOfSupport),
        ["assessment.decline"] = new Assessment(new RefundDecision.Decline(Basis, "it is too long ago.", OneOfSupport), [], [], [], OneOfSupport),
        ["assessment.hand-over"] = new Assessment(new RefundDecision.HandOver(Basis, "why"), [], [], [], OneOfSupport),
        ["assessment.automatic"] = new Assessment(new RefundDecision.Automatic(Basis), [], [], [], OneOfSupport),
        ["open-approval-input"] = new OpenApprovalInput(Asked, "case-1-r0"),
        ["opened-approval"] = new OpenedApproval(Now, Now.AddHours(1), Now.AddDays(1), false),
        ["conclude-approval-input"] = new ConcludeApprovalInput("case-1-r1", ConclusionKind.Expired),
        ["approval-outcome"] = new ApprovalOutcome(ConclusionKind.Approved, new ChargeId("ch_1"), Euro(4200), true),
        ["approval-round"] = ApprovalRules.Count(Round(), Approve(Person("ana@example.com", "support"), Euro(1000)) with { Mail = new("s", "b") }),
        ["approval-notice"] = new ApprovalNotice("case-1", NoticeKind.Reminder, "t", "x", [], "/approvals/case-1-r1", "Review"),
        ["refund-intent"] = new RefundIntent("case-1", "refund-1", "case-1-r1", null, new("ch_1"), Euro(4200), RefundReason.Duplicate),
        ["refund-answer.made"] = (RefundAnswer)new RefundAnswer.Made(Refund),
        ["refund-answer.refused"] = (RefundAnswer)new RefundAnswer.Refused(RefundRefusal.ChargeDisputed, "Charge ch_1 has been charged back; cannot issue a refund."),
        ["refund-answer.awaits-stripe-approval"] = (RefundAnswer)new RefundAnswer.AwaitsStripeApproval("apr_1", "https://dashboard.stripe.com/x", Now),
        ["read-refund-input"] = new ReadRefundInput("case-1", new("ch_1"), new RefundId("re_1")),
        ["refund-record"] = Refund,
        ["mail-order"] = new MailOrder("case-1", "mail-refund-1", "case-1-r1", null, Euro(4200)),
        ["audit-record"] = AuditChain.Seal(1, AuditChain.Genesis, new(Now, "case-1", "agent/IssueRefund", "stripe.refunds.create", "{}", ["re_1"], "req_1", "case-1:refund-1", "stripe-refund", "v1", null, "succeeded")),
    };

    public static TheoryData<string> Names => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsWrittenAndReadAsItsGoldenFileSays(string name)
    {
        object message = Messages[name];
        Type type = Declared(message);
        string written = JsonSerializer.Serialize(message, AgentsJson.Default.Options.GetTypeInfo(type));
        string file = Path.Combine(GoldenFolder(), name + ".json");
        Assert.True(File.Exists(file), $"{file} is missing. It would hold:\n{written}");
        JsonNode golden = JsonNode.Parse(File.ReadAllText(file))!;
        Assert.True(JsonNode.DeepEquals(golden, JsonNode.Parse(written)), $"{name} is now written as:\n{written}");

        if (golden is JsonObject known)
        {
            known["aFieldOfALaterVersion"] = 1;
        }

        object read = JsonSerializer.Deserialize(golden.ToJsonString(), AgentsJson.Default.Options.GetTypeInfo(type))!;
        Assert.Equal(written, JsonSerializer.Serialize(read, AgentsJson.Default.Options.GetTypeInfo(type)));
    }

    private static Type Declared(object message) => message switch
    {
        Reading => typeof(Reading),
        RefundAnswer => typeof(RefundAnswer),
        IReadOnlyList<ChargeFacts> => typeof(IReadOnlyList<ChargeFacts>),
        _ => message.GetType(),
    };

    private static string GoldenFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Golden", "messages");
    }
}
