using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class ExternalEventTests
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Event_BeforeItsWait_IsKept(int resident)
    {
        Code code = new Code().Orchestrator("late", async (context, _) =>
        {
            await context.Event("first");
            return await context.Event("second");
        });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, options => options with { MaxResidentInstances = resident });
        await hub.StartInstanceAsync("late");

        await hub.Client.RaiseEventAsync("case-1", "second", "early");
        await hub.Client.RaiseEventAsync("case-1", "first", "");

        Assert.Equal("early", await hub.OutputAsync());
    }

    [Fact]
    public async Task Events_OfOneNameInAnyCase_ArriveInOrder()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("three", async (context, _) =>
            await context.Event("Reply") + await context.Event("REPLY") + await context.Event("reply")));
        await hub.StartInstanceAsync("three");

        await hub.Client.RaiseEventAsync("case-1", "reply", "a");
        await hub.Client.RaiseEventAsync("case-1", "rePLY", "b");
        await hub.Client.RaiseEventAsync("case-1", "Reply", "c");

        Assert.Equal("abc", await hub.OutputAsync());
    }

    [Fact]
    public async Task Event_SentAHundredTimesAcrossRestarts_IsOne()
    {
        Code code = new Code().Orchestrator("two", async (context, _) => await context.Event("paid") + await context.Event("paid"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("two");
        for (int restart = 0; restart < 4; restart++)
        {
            await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => hub.Client.RaiseEventAsync("case-1", "paid", "once ", "webhook-1")));
            await hub.StartAsync(code);
        }

        Assert.Single(await hub.KindsAsync(), kind => kind == "EventRaised");
        await hub.Client.RaiseEventAsync("case-1", "paid", "twice", "webhook-2");
        Assert.Equal("once twice", await hub.OutputAsync());
    }

    [Fact]
    public async Task WaitWithTimeout_NothingCame_IsCancelledAndALaterWaitGetsTheEvent()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("patient", async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("reply", TimeSpan.FromDays(3));
            }
            catch (TaskCanceledException)
            {
                return "reminded, then " + await context.Event("reply");
            }
        }));
        await hub.StartInstanceAsync("patient");
        await hub.RecordedAsync("TimerCreated");

        hub.Clock.Advance(TimeSpan.FromDays(3));
        await hub.RecordedAsync("TimerFired");
        await hub.Client.RaiseEventAsync("case-1", "reply", "yes");

        Assert.Equal("reminded, then yes", await hub.OutputAsync());
    }

    [Fact]
    public async Task WaitWithTimeout_EventCame_CancelsTheTimer()
    {
        Code code = new Code().Orchestrator("quick", async (context, _) =>
        {
            string reply = await context.WaitForExternalEvent<string>("reply", TimeSpan.FromDays(3));
            return reply + await context.Event("end");
        });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("quick");
        await hub.RecordedAsync("TimerCreated");
        await hub.Client.RaiseEventAsync("case-1", "reply", "yes");
        await hub.StartAsync(code);
        hub.Clock.Advance(TimeSpan.FromDays(4));

        await hub.Client.RaiseEventAsync("case-1", "end", "!");

        Assert.Equal("yes!", await hub.OutputAsync());
        Assert.DoesNotContain("TimerFired", await hub.KindsAsync());
    }

    [Fact]
    public async Task WaitGivenUp_ByItsToken_LeavesTheEventToTheNextWait()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("either", async (context, _) =>
        {
            using CancellationTokenSource giveUp = new();
            Task<string> approved = context.WaitForExternalEvent<string>("approved", giveUp.Token);
            Task<string> first = await Task.WhenAny(approved, context.Event("changed"));
            await giveUp.CancelAsync();
            return $"{await first} {approved.IsCanceled} {await context.Event("approved")}";
        }));
        await hub.StartInstanceAsync("either");
        await hub.Client.RaiseEventAsync("case-1", "changed", "look again");

        TaskFailureDetails failure = await hub.FailureAsync();
        Assert.True(failure.IsCausedBy<ForeignTaskException>(), failure.ErrorMessage);

        await hub.StartAsync(new Code().Orchestrator("either", async (context, _) =>
        {
            using CancellationTokenSource giveUp = new();
            Task<string> approved = context.WaitForExternalEvent<string>("approved", giveUp.Token);
            Task<string> first = await Task.WhenAny(approved, context.Event("changed"));
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread, as the first half of this test shows.
            giveUp.Cancel();
#pragma warning restore CA1849
            return $"{await first} {approved.IsCanceled} {await context.Event("approved")}";
        }));
        await hub.Client.RewindInstanceAsync("case-1", "mended");
        await hub.Client.RaiseEventAsync("case-1", "approved", "by A");
        Assert.Equal("look again True by A", await hub.OutputAsync());
    }

    [Fact]
    public async Task SecondWaiter_ForOneName_IsRefused()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("two", async (context, _) =>
            string.Concat(await Task.WhenAll(context.Event("reply"), context.Event("Reply")))));
        await hub.StartInstanceAsync("two");

        Assert.Contains("one waiter per event name", (await hub.FailureAsync()).ErrorMessage, StringComparison.Ordinal);
    }
}
