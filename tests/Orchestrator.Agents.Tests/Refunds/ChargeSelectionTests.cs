using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
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
        ChargeSelection selection = ChargeSelection.Choose(Request with { References = [reference] }, History(Charge("ch_1", references: "W 1001"), Charge("ch_2")));
        Assert.Equal([new ChargeId("ch_1")], selection.Candidates);
        Assert.Empty(selection.Notices);
    }

    [Fact]
    public void Choose_ReferenceOfSomebodyElse_WarnsAndNeverLooksBeyondTheCustomer()
    {
        ChargeSelection selection = ChargeSelection.Choose(Request with { References = ["ch_foreign"] }, History(Charge("ch_1")));
        Assert.Equal([new ChargeId("ch_1")], selection.Candidates);
        Assert.Single(selection.Notices);
    }

    [Fact]
    public void Choose_StatedTotal_FindsTheExactCharge()
    {
        ChargeSelection selection = ChargeSelection.Choose(Request with { StatedTotal = Euro(1500) }, History(Charge("ch_1"), Charge("ch_2", 1500)));
        Assert.Equal([new ChargeId("ch_2")], selection.Candidates);
    }

    [Fact]
    public void Choose_TwoFit_PersonChooses() =>
        Assert.Equal(2, ChargeSelection.Choose(Request, History(Charge("ch_1"), Charge("ch_2"))).Candidates.Count);

    [Fact]
    public void Choose_FailedAndUncaptured_AreNoCandidates() =>
        Assert.Empty(ChargeSelection.Choose(
            Request,
            History(Charge("ch_1") with { Status = ChargeStatus.Failed }, Charge("ch_2") with { Captured = false })).Candidates);

    [Fact]
    public void Choose_NamedAndRefundedAlready_StaysACandidateSoThatTheAnswerIsRight() =>
        Assert.Equal([new ChargeId("ch_1")], ChargeSelection.Choose(Request with { References = ["A-77"] }, History(Charge("ch_1", 100, 100, 5, "A77"), Charge("ch_2"))).Candidates);

    [Fact]
    public void Choose_NoCharges_None() => Assert.Empty(ChargeSelection.Choose(Request, History()).Candidates);
}
