using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Refunds;

public sealed class RefundAssessorTests
{
    [Theory]
    [InlineData("needs_response", typeof(RefundDecision.HandOver))]
    [InlineData("lost", typeof(RefundDecision.HandOver))]
    [InlineData("won", typeof(RefundDecision.NeedsApproval))]
    [InlineData("warning_needs_response", typeof(RefundDecision.NeedsApproval))]
    public void Assess_Dispute_AnInquiryIsNoDispute(string status, Type expected) =>
        Assert.IsType(expected, RefundAssessor.Assess(StandardPolicy, Question(Read(Charge(), Dispute(status)))).Decision);

    [Fact]
    public void Assess_RefundedInFull_DeclinesWithTheDate()
    {
        RefundRecord refund = new(new("re_1"), new("ch_1"), Euro(4200), RefundStatus.Succeeded, null, null, Now.AddDays(-3), null, null);
        var decline = Assert.IsType<RefundDecision.Decline>(RefundAssessor.Assess(StandardPolicy, Question(new ChargeFacts(Charge(refunded: 4200), [refund], []))).Decision);
        Assert.Contains("18 November 2026", decline.Explanation, StringComparison.Ordinal);
        Assert.Equal("already-refunded", decline.Basis.Rule);
    }

    [Fact]
    public void Assess_PartOfACharge_ShowsPaidRefundedThisAndLeft()
    {
        Assessment assessment = RefundAssessor.Assess(StandardPolicy, Question(Read(Charge(refunded: 1000))) with { Request = Request with { Part = Euro(1200) } });
        var option = Assert.Single(assessment.Options);
        Assert.Equal((4200, 1000, 1200, 2000), (option.Paid.MinorUnits, option.RefundedBefore.MinorUnits, option.Refund.MinorUnits, option.Left.MinorUnits));
    }

    [Fact]
    public void Assess_MoreThanIsLeft_ProposesWhatIsLeftAndSaysSo()
    {
        Assessment assessment = RefundAssessor.Assess(StandardPolicy, Question(Read(Charge(refunded: 4000))) with { Request = Request with { Part = Euro(1200) } });
        Assert.Equal(Euro(200), assessment.Options[0].Refund);
        Assert.Contains(assessment.Notices, notice => notice.Contains("EUR 2.00 is left", StringComparison.Ordinal));
    }

    [Fact]
    public void Assess_OtherCurrencyThanPaid_HandsOver()
    {
        Assessment assessment = RefundAssessor.Assess(StandardPolicy, Question(Read(Charge())) with { Request = Request with { Part = new Money(1200, Currency.Parse("usd")) } });
        Assert.Equal("currency-differs", Assert.IsType<RefundDecision.HandOver>(assessment.Decision).Basis.Rule);
    }

    [Fact]
    public void Assess_SeveralCharges_TheStrictestRequirementHolds()
    {
        Assessment assessment = RefundAssessor.Assess(StandardPolicy, Question(Read(Charge("ch_1")), Read(Charge("ch_2", 50000)), Read(Charge("ch_3", 100, 100))));
        Assert.Equal(2, Assert.IsType<RefundDecision.NeedsApproval>(assessment.Decision).Requirement.Stages.Count);
        Assert.Equal(["ch_1", "ch_2"], assessment.Options.Select(option => option.Charge.Value));
    }

    [Fact]
    public void Assess_NoCharge_HandsOver() =>
        Assert.Equal("no-payment-fits", RefundAssessor.Assess(StandardPolicy, Question()).Decision.Basis.Rule);

    [Fact]
    public void Assess_AuthorizedAndNotCaptured_SaysThatItIsCancelledInsteadAndWhenItEnds() =>
        Assert.EndsWith(
            "by itself the authorization ends on 28 November 2026.",
            Assert.IsType<RefundDecision.HandOver>(RefundAssessor.Assess(StandardPolicy, Question(Read(Charge() with { Captured = false, CaptureBefore = Now.AddDays(7) }))).Decision).Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(ChargeStatus.Pending, "is still processing since 11 November 2026")]
    [InlineData(ChargeStatus.Failed, "failed on 11 November 2026")]
    public void Assess_NotPaid_SaysWhy(ChargeStatus status, string words) =>
        Assert.Contains(
            words,
            Assert.IsType<RefundDecision.HandOver>(RefundAssessor.Assess(StandardPolicy, Question(Read(Charge() with { Status = status, Captured = status != ChargeStatus.Failed }))).Decision).Why,
            StringComparison.Ordinal);

    [Fact]
    public void Assess_WonDispute_IsOnThePage() =>
        Assert.Contains(RefundAssessor.Assess(StandardPolicy, Question(Read(Charge(), Dispute("won")))).Facts, fact => fact.Value == "none open; one of EUR 42.00 from 21 November 2026 was won");

    [Fact]
    public void Assess_MoneyPassedOn_IsSaidAndNeverAutomatic()
    {
        Assessment assessment = RefundAssessor.Assess(StandardPolicy, Question(Read(Charge(amount: 400) with { PassedOnTo = "acct_9" })));
        Assert.Contains(assessment.Notices, notice => notice.Contains("connected account acct_9", StringComparison.Ordinal));
        Assert.IsType<RefundDecision.NeedsApproval>(assessment.Decision);
    }
}
