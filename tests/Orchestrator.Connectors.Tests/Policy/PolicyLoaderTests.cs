using System.Text;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;
using Orchestrator.Connectors.Policy;

namespace Orchestrator.Connectors.Tests.Policy;

public sealed class PolicyLoaderTests
{
    private const string Whole = """
        version: 2026.10
        automatic-approval: off
        groups:
          support: [Ana@example.com, ben@example.com]
          finance: [dora@example.com]
        replies: { stages: [{ group: support, count: 1 }], escalate-to: finance, remind-after: 4h, escalate-after: 1d, deadline: 7d }
        rules:
          - name: too-old
            when: { age-over-days: 180 }
            then: { decline: "Too long ago." }
          - name: small
            when: { amount-up-to: { usd: 100.00, jpy: 15000, kwd: 30.125 }, reasons: [not-received, duplicate], refunds-over: { count: 2, within-days: 365 } }
            then: { approval: { stages: [{ group: support, count: 2 }], deadline: 2d } }
          - name: tiny
            then: { automatic: true, otherwise: { stages: [{ group: finance, count: 1 }] } }
        """;

    [Fact]
    public void Load_WholeFile_ReadsEveryPart()
    {
        RefundPolicy policy = Load(Whole);

        Assert.Equal("2026.10", policy.Version);
        Assert.Equal(64, policy.Hash.Length);
        Assert.Empty(policy.AutomaticRules);
        Assert.Equal(["ana@example.com", "ben@example.com"], policy.Groups["support"]);
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(7)), (policy.Replies.RemindAfter, policy.Replies.EscalateAfter, policy.Replies.Deadline));
        PolicyRule small = policy.Rules[1];
        var limits = Assert.IsType<PolicyCondition.AmountUpTo>(small.When[0]).Limits;
        Assert.Equal(["JPY 15,000", "KWD 30.125", "USD 100.00"], limits.Values.Select(limit => limit.ToString()).Order());
        Assert.Equal([RefundReason.NotReceived, RefundReason.Duplicate], Assert.IsType<PolicyCondition.ReasonIn>(small.When[1]).Reasons);
        Assert.Equal(new PolicyCondition.RefundsOver(2, 365), small.When[2]);
        Assert.Equal(TimeSpan.FromDays(2), Assert.IsType<PolicyOutcome.Approval>(small.Then).Requirement.Deadline);
    }

    [Fact]
    public void Load_AutomaticRuleByName_IsSwitchedOn() =>
        Assert.Equal(["tiny"], Load(Whole.Replace("automatic-approval: off", "automatic-approval: [tiny]", StringComparison.Ordinal)).AutomaticRules);

    [Theory]
    [InlineData("version: 2026.10", "", 2, null, "'version' is missing")]
    [InlineData("automatic-approval: off", "automatic-approval: true", 2, null, "list of rule names")]
    [InlineData("automatic-approval: off", "automatic-approval: [tinny]", 2, null, "no rule of that name")]
    [InlineData("automatic-approval: off", "automatic-approval: [small]", 2, null, "not 'automatic: true'")]
    [InlineData("automatic-approval: off", "automatic-aproval: off", 2, null, "'automatic-aproval' is not known")]
    [InlineData("[dora@example.com]", "[]", 5, null, "has no members")]
    [InlineData("[dora@example.com]", "[agent.smith@example.com]", 5, null, "never approvers")]
    [InlineData("[dora@example.com]", "[dora@example.com, Dora@example.com]", 5, null, "stands twice")]
    [InlineData("escalate-to: finance", "escalate-to: finanze", 6, null, "group 'finanze' is not known")]
    [InlineData("remind-after: 4h", "remind-after: 8d", 6, null, "'deadline' must be later than 'remind-after'")]
    [InlineData("escalate-after: 1d", "escalate-after: 7d", 6, null, "'deadline' must be later than 'escalate-after'")]
    [InlineData("remind-after: 4h", "remind-after: 4 hours", 6, null, "must be a duration")]
    [InlineData("remind-after: 4h", "remind-after: 0h", 6, null, "must be a duration")]
    [InlineData("age-over-days: 180", "age-over-day: 180", 9, "too-old", "'age-over-day' is not known")]
    [InlineData("age-over-days: 180", "age-over-days: 0180", 9, "too-old", "plain digits")]
    [InlineData("age-over-days: 180", "age-over-days: -1", 9, "too-old", "plain digits")]
    [InlineData("age-over-days: 180", "risk-at-least: unknown", 9, "too-old", "normal, elevated or highest")]
    [InlineData("{ age-over-days: 180 }", "{}", 9, "too-old", "'when' is empty")]
    [InlineData("decline: \"Too long ago.\"", "decline: \"\"", 10, "too-old", "not empty")]
    [InlineData("decline: \"Too long ago.\"", "decline: a, hand-over: b", 10, "too-old", "exactly one")]
    [InlineData("name: small", "name: too-old", 11, "too-old", "of this name")]
    [InlineData("usd: 100.00", "usd: 100.001", 12, "small", "at most 2 decimals")]
    [InlineData("jpy: 15000", "jpy: 15000.5", 12, "small", "at most 0 decimals")]
    [InlineData("usd: 100.00", "usd: -5", 12, "small", "not an amount")]
    [InlineData("usd: 100.00", "usd: 0", 12, "small", "more than 0")]
    [InlineData("usd: 100.00", "usd: \"1,000.00\"", 12, "small", "not an amount")]
    [InlineData("usd: 100.00", "usd: 100, USD: 200", 12, "small", "stands twice")]
    [InlineData("usd: 100.00", "dollar: 100", 12, "small", "not a currency code")]
    [InlineData("[not-received, duplicate]", "[NotReceived]", 12, "small", "Known: not-stated")]
    [InlineData("count: 2, within-days: 365", "count: 2", 12, "small", "'within-days' is missing")]
    [InlineData("{ group: support, count: 2 }", "{ group: support, count: 3 }", 13, "small", "3 people are wanted, but group 'support' has 2")]
    [InlineData("[{ group: support, count: 2 }]", "[{ group: support, count: 2 }, { group: support, count: 1 }]", 13, "small", "can never be met")]
    [InlineData("automatic: true", "automatic: yes", 15, "tiny", "can only be true")]
    [InlineData("name: small\n    when: { amount-up-to: { usd: 100.00, jpy: 15000, kwd: 30.125 }, reasons: [not-received, duplicate], refunds-over: { count: 2, within-days: 365 } }", "name: small", 13, "tiny", "never reached")]
    public void Load_Mistake_NamesLineAndRule(string right, string wrong, int line, string? rule, string says)
    {
        Assert.Contains(right, Whole, StringComparison.Ordinal);
        PolicyFileException refused = Assert.Throws<PolicyFileException>(() => Load(Whole.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith(rule is null ? $"refund-policy.yaml, line {line}: " : $"refund-policy.yaml, line {line}, rule '{rule}': ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: [", "not readable as YAML")]
    [InlineData("version: 1\nversion: 2", "not readable as YAML")]
    [InlineData("", "must hold one policy")]
    [InlineData("just text", "keys with values")]
    [InlineData("version: 1\n---\nversion: 2", "must hold one policy")]
    public void Load_NoPolicyAtAll_SaysSo(string text, string says)
    {
        PolicyFileException refused = Assert.Throws<PolicyFileException>(() => Load(text));
        Assert.StartsWith("refund-policy.yaml, line ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.00", "eur", RefundReason.Duplicate, 5, RiskLevel.Normal, DisputeState.None, 0, "tiny", typeof(RefundDecision.NeedsApproval))]
    [InlineData("100.00", "eur", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "standard", typeof(RefundDecision.NeedsApproval))]
    [InlineData("250.01", "eur", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "large", typeof(RefundDecision.NeedsApproval))]
    [InlineData("75.000", "kwd", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "standard", typeof(RefundDecision.NeedsApproval))]
    [InlineData("40001", "jpy", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "large", typeof(RefundDecision.NeedsApproval))]
    [InlineData("2000.01", "usd", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "above-cap", typeof(RefundDecision.HandOver))]
    [InlineData("10.00", "usd", RefundReason.NotReceived, 181, RiskLevel.Normal, DisputeState.None, 0, "too-old", typeof(RefundDecision.Decline))]
    [InlineData("10.00", "usd", RefundReason.NotReceived, 180, RiskLevel.Normal, DisputeState.None, 3, "frequent-refunds", typeof(RefundDecision.NeedsApproval))]
    [InlineData("10.00", "usd", RefundReason.Unrecognised, 5, RiskLevel.Normal, DisputeState.None, 0, "payment-not-recognised", typeof(RefundDecision.HandOver))]
    [InlineData("10.00", "usd", RefundReason.NotReceived, 5, RiskLevel.Highest, DisputeState.None, 0, "highest-risk", typeof(RefundDecision.HandOver))]
    [InlineData("10.00", "usd", RefundReason.NotReceived, 5, RiskLevel.Elevated, DisputeState.Inquiry, 0, "elevated-risk", typeof(RefundDecision.NeedsApproval))]
    [InlineData("10.00", "usd", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.Chargeback, 0, "charged-back", typeof(RefundDecision.HandOver))]
    [InlineData("10.00", "sek", RefundReason.NotReceived, 5, RiskLevel.Normal, DisputeState.None, 0, "unknown-currency", typeof(RefundDecision.HandOver))]
    public void Default_Facts_MeetTheirRule(string amount, string code, RefundReason reason, int age, RiskLevel risk, DisputeState dispute, int refunds, string rule, Type decision)
    {
        using Stream text = PolicyFile.DefaultText();
        using var bytes = new MemoryStream();
        text.CopyTo(bytes);
        RefundPolicy policy = PolicyLoader.Load("refund-policy.yaml", bytes.ToArray());
        Assert.True(Money.TryFromMajor(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(code), out Money money));
        DateTimeOffset now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

        RefundDecision decided = policy.Decide(new(now, money, money, now.AddDays(-age), reason, risk, dispute, [.. Enumerable.Repeat(now.AddDays(-1), refunds)]));

        Assert.Equal(rule, decided.Basis.Rule);
        Assert.IsType(decision, decided);
    }

    private static RefundPolicy Load(string text) => PolicyLoader.Load("refund-policy.yaml", Encoding.UTF8.GetBytes(text));
}
