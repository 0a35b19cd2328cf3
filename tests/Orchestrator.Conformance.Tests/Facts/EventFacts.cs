using Orchestrator.Conformance.Tests.Targets;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.Tests.Facts;

public abstract class EventFacts(IConformanceTarget target) : ConformanceFacts(target)
{
    [Fact]
    public async Task Event_ThatComesBeforeItsWait_IsKept()
    {
        string id = await StartAsync(Names.WaitsLong);
        await Client.RaiseEventAsync(id, "second", "2");
        await Client.RaiseEventAsync(id, "first", "1");

        Assert.Equal("1 2", await OutputAsync(id));
    }

    [Fact]
    public async Task Event_OfAnotherName_WakesNobody()
    {
        string id = await StartWaitingAsync(Names.Waits, "go");
        await Client.RaiseEventAsync(id, "gone", "wrong");
        await Client.RaiseEventAsync(id, "go", "right");

        Assert.Equal("right", await OutputAsync(id));
    }

    [Fact]
    public async Task EventName_HasNoCase()
    {
        string id = await StartWaitingAsync(Names.Waits, "Approval-1");
        await Client.RaiseEventAsync(id, "aPPROVAL-1", "yes");

        Assert.Equal("yes", await OutputAsync(id));
    }

    [Fact]
    public virtual async Task Event_WithAnIdThatCameBefore_IsOne()
    {
        string id = await StartWaitingAsync(Names.Endless);
        for (int time = 0; time < 3; time++)
        {
            await Client.RaiseEventAsync(id, "next", "once ", eventId: "event-1");
        }

        await Client.RaiseEventAsync(id, "next", "twice ", eventId: "event-2");
        await Client.RaiseEventAsync(id, "next", "stop");

        Assert.Equal("once twice ", await OutputAsync(id));
    }

    [Fact]
    public async Task SecondWaiter_ForOneName_IsRefusedAndTheFirstGetsItsEvent()
    {
        string id = await StartWaitingAsync(Names.WaitsTwice);
        await Client.RaiseEventAsync(id, "go", "mine");

        Assert.Equal("refused, then mine", await OutputAsync(id));
    }

    [Fact]
    public async Task TimedOutWait_LeavesTheEventToALaterWait()
    {
        string id = await StartWaitingAsync(Names.WaitsAgain);
        await PublishesAsync(id, "waits again");
        await Client.RaiseEventAsync(id, "go", "here");

        Assert.Equal("later: here", await OutputAsync(id));
    }

    [Fact]
    public async Task EventRacingATimeout_HasOneWinner()
    {
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(Names.Races, "1000", NewId())))];
        await Task.WhenAll(ids.Select((id, number) => RaiseInTimeOrLateAsync(id, number * 100)));

        string[] winners = await Task.WhenAll(ids.Select(OutputAsync));

        Assert.All(winners, winner => Assert.Contains(winner, (string[])["event", "timeout"]));
    }

    [Fact]
    public async Task EventLongBeforeATimeout_Wins()
    {
        string id = await StartWaitingAsync(Names.Races, "600000");
        await Client.RaiseEventAsync(id, "go", "event");

        Assert.Equal("event", await OutputAsync(id));
    }

    [Fact]
    public async Task TimeoutWithoutAnEvent_Wins() => Assert.Equal("timeout", await RunAsync(Names.Races, "200"));

    private async Task RaiseInTimeOrLateAsync(string id, int milliseconds)
    {
        long due = Environment.TickCount64 + milliseconds;
        await Eventually.HoldsAsync(() => Task.FromResult(Environment.TickCount64 >= due), "the time to raise");
        try
        {
            await Client.RaiseEventAsync(id, "go", "event");
        }
        catch (Agents.Durability.InstanceCompletedException)
        {
            // The timeout has won and ended it.
        }
    }
}
