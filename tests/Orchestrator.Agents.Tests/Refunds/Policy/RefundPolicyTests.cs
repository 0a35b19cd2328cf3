using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Refunds.Policy;

public sealed class RefundPolicyTests
{
    private static readonly RefundFacts Plain = new(Now, Euro(4200), Euro(4200), Now.AddDays(-10), RefundReason.NotReceived, RiskLevel.Normal, DisputeState.None, []);

    [Fact]
    public void Decide_FirstRuleThatHolds_NamesThresholdAndValue()
    {
        RefundDecision decision = StandardPolicy.Decide(Plain with { ChargedAt = Now.AddDays(-181) });
        Assert.Equal("too-old", decision.Basis.Rule);
        Assert.Equal(new("charge older than", "180 days", "181 days"), Assert.Single(decision.Basis.Met));
    }

    [Theory]
    [InlineData(180, "small")]
    [InlineData(181, "too-old")]
    public void Decide_AgeAtTheThreshold_IsNotOverIt(int days, string rule) =>
        Assert.Equal(rule, StandardPolicy.Decide(Plain with { ChargedAt = Now.AddDays(-days) }).Basis.Rule);

    [Theory]
    [InlineData(10000, "small")]
    [InlineData(10001, "large")]
    [InlineData(100001, "(none)")]
    public void Decide_AmountAtTheThreshold_IsUpToIt(long minor, string rule) =>
        Assert.Equal(rule, StandardPolicy.Decide(Plain with { Amount = Euro(minor) }).Basis.Rule);

    [Fact]
    public void Decide_CurrencyWithoutLimit_IsNeverTheCheapCase()
    {
        RefundFacts yen = Plain with { Amount = new Money(1, Currency.Parse("jpy")) };
        Assert.IsType<RefundDecision.HandOver>(StandardPolicy.Decide(yen));
        Assert.NotNull(new PolicyCondition.AmountOver(Limit(100)).Test(yen));
        Assert.Null(new PolicyCondition.AmountUpTo(Limit(100)).Test(yen));
    }

    [Fact]
    public void Decide_AutomaticRule_AsksAPersonUntilItIsSwitchedOnByName()
    {
        RefundFacts tiny = Plain with { Amount = Euro(100) };
        Assert.IsType<RefundDecision.NeedsApproval>(StandardPolicy.Decide(tiny));
        Assert.IsType<RefundDecision.NeedsApproval>((StandardPolicy with { AutomaticRules = ["small"] }).Decide(tiny));
        Assert.IsType<RefundDecision.Automatic>((StandardPolicy with { AutomaticRules = ["tiny"] }).Decide(tiny));
    }

    [Theory]
    [InlineData(null, "it is off")]
    [InlineData("The sender's address imitates another one.", "The sender's address imitates another one.")]
    public void Decide_RuleThatCouldDoWithoutAPerson_SaysWhyOneIsAsked(string? caution, string why)
    {
        RefundFacts tiny = Plain with { Amount = Euro(100), Caution = caution };
        RefundPolicy policy = caution is null ? StandardPolicy : StandardPolicy with { AutomaticRules = ["tiny"] };

        var asked = Assert.IsType<RefundDecision.NeedsApproval>(policy.Decide(tiny));

        Assert.Equal(why, asked.Basis.Met[0].Value);
    }

    [Fact]
    public void RefundsOver_CountsOnlyThePeriod()
    {
        var condition = new PolicyCondition.RefundsOver(1, 30);
        Assert.Null(condition.Test(Plain with { EarlierRefunds = [Now.AddDays(-1), Now.AddDays(-31)] }));
        Assert.Equal("2", condition.Test(Plain with { EarlierRefunds = [Now.AddDays(-1), Now.AddDays(-29)] })!.Value);
    }

    [Theory]
    [InlineData(RiskLevel.Normal, false)]
    [InlineData(RiskLevel.Elevated, true)]
    [InlineData(RiskLevel.Highest, true)]
    public void RiskAtLeast_IsOrdered(RiskLevel risk, bool met) =>
        Assert.Equal(met, new PolicyCondition.RiskAtLeast(RiskLevel.Elevated).Test(Plain with { Risk = risk }) is not null);

    [Fact]
    public void Decide_SameFacts_SameDecision_OverManyFacts()
    {
        var random = new Random(20261121);
        for (int i = 0; i < 2000; i++)
        {
            RefundFacts facts = Plain with
            {
                Amount = Euro(random.NextInt64(1, 200_000)),
                ChargedAt = Now.AddDays(-random.Next(0, 400)),
                Risk = (RiskLevel)random.Next(5),
            };
            RefundDecision decision = StandardPolicy.Decide(facts);
            Assert.Equivalent(decision, StandardPolicy.Decide(facts), strict: true);
            Assert.False(decision is RefundDecision.Automatic, $"{facts}: automatic though no rule is switched on");
            Assert.True(decision is not RefundDecision.NeedsApproval || facts.ChargeAgeDays <= 180, facts.ToString());
        }
    }
}
