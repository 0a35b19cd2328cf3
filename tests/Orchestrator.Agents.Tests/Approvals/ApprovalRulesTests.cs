using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Payments;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Approvals;

public sealed class ApprovalRulesTests
{
    private static readonly Person Ana = Person("ana@example.com", "support");
    private static readonly Person Ben = Person("ben@example.com", "support");
    private static readonly Person Fay = Person("fay@example.com", "finance");

    public static TheoryData<string, VoteRefusal?> Votes => new()
    {
        { "ana", null },
        { "fay", VoteRefusal.NotInGroup },
        { "requester", VoteRefusal.Requester },
        { "agent", VoteRefusal.NotAPerson },
        { "agent by name only", null },
        { "late", VoteRefusal.Expired },
        { "no reason", VoteRefusal.ReasonMissing },
        { "too much", VoteRefusal.AmountOutOfRange },
        { "nothing", VoteRefusal.AmountOutOfRange },
        { "other currency", VoteRefusal.AmountOutOfRange },
        { "foreign charge", VoteRefusal.ChargeMissing },
    };

    [Theory]
    [MemberData(nameof(Votes))]
    public void Refuse_NamesTheReason(string who, VoteRefusal? expected)
    {
        Vote vote = who switch
        {
            "fay" => Approve(Fay),
            "requester" => Approve(Person("Customer@Example.com", "support")),
            "agent" => Approve(Person("agent/refunds", "support")),
            "agent by name only" => Approve(Person("agent.smith@example.com", "support")),
            "late" => Approve(Ana) with { At = Now.AddDays(7) },
            "no reason" => Deny(Ana, " "),
            "too much" => Approve(Ana, Euro(4201)),
            "nothing" => Approve(Ana, Euro(0)),
            "other currency" => Approve(Ana, new Money(100, Currency.Parse("usd"))),
            "foreign charge" => Approve(Ana, charge: new ChargeId("ch_other")),
            _ => Approve(Ana),
        };
        Assert.Equal(expected, ApprovalRules.Refuse(Round(), vote, ["customer@example.com"]));
    }

    [Fact]
    public void Refuse_SecondVoteOfOnePerson_WhateverTheCaseOfTheirId()
    {
        ApprovalRound round = ApprovalRules.Count(Round(OneOfSupport with { Stages = [new("support", 2)] }), Approve(Ana));
        Assert.Equal(VoteRefusal.VotedAlready, ApprovalRules.Refuse(round, Approve(Person("ANA@example.com", "support")), []));
    }

    [Fact]
    public void LetLapse_VoterNoLongerListed_DoesNotCountAndMayVoteAgainOnceListed()
    {
        Person ana = Ana with { ListedIn = ["support"] };
        ApprovalRound one = ApprovalRules.Count(Round(OneOfSupport with { Stages = [new("support", 2)] }), Approve(ana));
        var without = new Dictionary<string, IReadOnlyList<string>> { ["support"] = ["ben@example.com"] };

        ApprovalRound lapsed = ApprovalRules.LetLapse(one, without, Now);
        ApprovalRound two = ApprovalRules.Count(lapsed, Approve(Ben));

        Assert.Equal(Now, Assert.Single(lapsed.Votes).LapsedAt);
        Assert.True(two.IsOpen);
        Assert.Null(ApprovalRules.Refuse(two, Approve(ana), []));
        Assert.Equal(["ben@example.com", "ana@example.com"], ApprovalRules.Count(two, Approve(ana)).Conclusion!.By);
    }

    [Fact]
    public void LetLapse_VoterStillListedOrProvedBySignIn_GoesOnCounting()
    {
        ApprovalRound round = Round(OneOfSupport with { Stages = [new("support", 3)] });
        round = ApprovalRules.Count(ApprovalRules.Count(round, Approve(Ana with { ListedIn = ["support"] })), Approve(Ben));
        var groups = new Dictionary<string, IReadOnlyList<string>> { ["support"] = ["ANA@example.com"] };

        Assert.Same(round, ApprovalRules.LetLapse(round, groups, Now));
        Assert.Equal([Now, null], ApprovalRules.LetLapse(round, new Dictionary<string, IReadOnlyList<string>>(), Now).Votes.Select(vote => vote.LapsedAt));
    }

    [Fact]
    public void Refuse_AfterTheConclusion_SaysDecided() =>
        Assert.Equal(VoteRefusal.AlreadyDecided, ApprovalRules.Refuse(ApprovalRules.Count(Round(), Approve(Ana)), Approve(Ben), []));

    [Fact]
    public void Refuse_SeveralChargesAndNoneChosen() =>
        Assert.Equal(VoteRefusal.ChargeMissing, ApprovalRules.Refuse(Round(null, Option(), Option("ch_2")), Approve(Ana), []));

    [Fact]
    public void Count_TwoOfSupport_NeedsTwoPeople()
    {
        ApprovalRound one = ApprovalRules.Count(Round(OneOfSupport with { Stages = [new("support", 2)] }), Approve(Ana));
        Assert.True(one.IsOpen);
        ApprovalRound two = ApprovalRules.Count(one, Approve(Ben));
        Assert.Equal(ConclusionKind.Approved, two.Conclusion!.Kind);
        Assert.Equal(["ana@example.com", "ben@example.com"], two.Conclusion.By);
    }

    [Fact]
    public void Count_TwoStages_OnePersonOfBothGroupsCountsOnce()
    {
        ApprovalRound round = Round(OneOfSupport with { Stages = [new("support", 1), new("finance", 1)] });
        ApprovalRound one = ApprovalRules.Count(round, Approve(Person("gus@example.com", "support", "finance")));
        Assert.True(one.IsOpen);
        Assert.False(ApprovalRules.Count(one, Approve(Fay)).IsOpen);
    }

    [Fact]
    public void Count_SomebodyOfBothGroups_SitsWhereItHelps()
    {
        ApprovalRound round = Round(OneOfSupport with { Stages = [new("support", 1), new("finance", 1)] });
        ApprovalRound one = ApprovalRules.Count(round, Approve(Person("gus@example.com", "support", "finance")));
        Assert.False(ApprovalRules.Count(one, Approve(Ana)).IsOpen);
    }

    [Fact]
    public void Count_Denial_EndsTheRoundAtOnce()
    {
        Conclusion conclusion = ApprovalRules.Count(Round(OneOfSupport with { Stages = [new("support", 2)] }), Deny(Ana)).Conclusion!;
        Assert.Equal(ConclusionKind.Denied, conclusion.Kind);
        Assert.NotNull(conclusion.Mail);
        Assert.Null(ApprovalRules.Count(Round(), Deny(Ana) with { TellCustomer = false }).Conclusion!.Mail);
    }

    [Fact]
    public void Count_SmallerAmount_EndsTheRoundWithThatAmount()
    {
        Conclusion conclusion = ApprovalRules.Count(Round(), Approve(Ana, Euro(1000))).Conclusion!;
        Assert.Equal((Euro(1000), new ChargeId("ch_1")), (conclusion.Amount!.Value, conclusion.Charge!.Value));
    }

    [Fact]
    public void MayDecide_NextGroup_OnlyAfterEscalation()
    {
        Assert.False(ApprovalRules.MayDecide(Round(), Fay));
        ApprovalRound escalated = Round() with { EscalatedAt = Now };
        Assert.True(ApprovalRules.MayDecide(escalated, Fay));
        Assert.False(ApprovalRules.Count(escalated, Approve(Fay)).IsOpen);
    }
}
