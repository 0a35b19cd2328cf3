using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Understanding;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Refunds;

public sealed class ChargeSelectionTests
{
    [Theory]
    [InlineData("#W-1001")]
    [InlineData("w1001")]
    [InlineData("ch_1")]
    [InlineData("pi_ch_1")]
    public void Choose_NamedReference_IsTheOnlyCandidate(string reference)
    {
        ChargeSelection selection = Choose(Request with { References = [reference] }, History(Charge("ch_1", references: "W 1001"), Charge("ch_2")));
        Assert.Equal([new ChargeId("ch_1")], selection.Candidates);
        Assert.Empty(selection.Notices);
    }

    [Fact]
    public void Choose_ReferenceOfSomebodyElse_WarnsAndNeverLooksBeyondTheCustomer()
    {
        ChargeSelection selection = Choose(Request with { References = ["ch_foreign"] }, History(Charge("ch_1")));
        Assert.Equal([new ChargeId("ch_1")], selection.Candidates);
        Assert.Single(selection.Notices);
    }

    [Theory]
    [InlineData(false, "The reference in the mail is on none of this customer's payments.")]
    [InlineData(true, "The reference in the mail is on none of the 1 newest payments of this customer. There are more, which were not read: it may be one of those.")]
    public void Choose_ReferenceNotFound_SpeaksOfAllPaymentsOnlyWhenAllWereRead(bool more, string expected)
    {
        ChargeSelection selection = Choose(Request with { References = ["K-8000"] }, History(Charge("ch_1")) with { MoreCharges = more });
        Assert.Equal([expected], selection.Notices);
    }

    [Fact]
    public void Choose_StatedTotal_FindsTheExactCharge()
    {
        ChargeSelection selection = Choose(Request with { StatedTotal = Euro(1500) }, History(Charge("ch_1"), Charge("ch_2", 1500)));
        Assert.Equal([new ChargeId("ch_2")], selection.Candidates);
    }

    [Fact]
    public void Choose_TwoFit_PersonChooses() =>
        Assert.Equal(2, Choose(Request, History(Charge("ch_1"), Charge("ch_2"))).Candidates.Count);

    [Fact]
    public void Choose_FailedAndUncaptured_AreNoCandidates() =>
        Assert.Empty(Choose(
            Request,
            History(Charge("ch_1") with { Status = ChargeStatus.Failed }, Charge("ch_2") with { Captured = false })).Candidates);

    [Fact]
    public void Choose_NamedAndRefundedAlready_StaysACandidateSoThatTheAnswerIsRight() =>
        Assert.Equal([new ChargeId("ch_1")], Choose(Request with { References = ["A-77"] }, History(Charge("ch_1", 100, 100, 5, "A77"), Charge("ch_2"))).Candidates);

    [Fact]
    public void Choose_NoCharges_None() => Assert.Empty(Choose(Request, History()).Candidates);

    [Theory]
    [InlineData(ChargeStatus.Succeeded, false)]
    [InlineData(ChargeStatus.Pending, false)]
    [InlineData(ChargeStatus.Failed, false)]
    public void Choose_NamedAndNotPaid_IsFoundSoThatTheAnswerIsRight(ChargeStatus status, bool captured) =>
        Assert.Equal(
            [new ChargeId("ch_2")],
            Choose(Request with { References = ["A-77"] }, History(Charge("ch_1"), Charge("ch_2", references: "A-77") with { Status = status, Captured = captured })).Candidates);

    [Fact]
    public void Choose_NamedTwiceAndPaidOnce_IsThePaidOne() =>
        Assert.Equal(
            [new ChargeId("ch_1")],
            Choose(Request with { References = ["A-77"] }, History(Charge("ch_2", references: "A-77") with { Status = ChargeStatus.Failed }, Charge("ch_1", references: "A-77"))).Candidates);

    private static ChargeSelection Choose(Reading.RefundRequest request, CustomerHistory history) => ChargeSelection.Choose(request, history, unpaidToo: () => true);
}
