namespace Orchestrator.Engine.Tests.Timers;

public sealed class DurableTimerTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    private static Code Sleeper() => new Code().Orchestrator("sleep", async (context, _) =>
    {
        DateTimeOffset due = context.CurrentUtcDateTime + Quarter;
        await context.CreateTimer(due);
        return context.CurrentUtcDateTime >= due ? "woken" : "too early";
    });

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Timer_OfMonths_FiresOnceWhenDueAndNotBefore(int resident)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Sleeper(), options => options with { MaxResidentInstances = resident });
        await hub.StartInstanceAsync("sleep");
        await hub.RecordedAsync("TimerCreated");
        hub.Clock.Advance(Quarter - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain("TimerFired", await hub.KindsAsync());

        await TaskHubFolder.EventuallyAsync(
            async () =>
            {
                hub.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await hub.Client.GetInstanceAsync("case-1"))!.HasEnded;
            },
            "the timer");

        Assert.Equal("woken", await hub.OutputAsync());
        Assert.Single(await hub.KindsAsync(), kind => kind == "TimerFired");
    }

    [Fact]
    public async Task Timer_DueWhileStopped_FiresOnStart()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Sleeper());
        await hub.StartInstanceAsync("sleep");
        await hub.RecordedAsync("TimerCreated");
        await hub.StopAsync();
        hub.Clock.Advance(Quarter * 2);

        await hub.StartAsync(Sleeper());

        Assert.Equal("woken", await hub.OutputAsync());
    }

    [Fact]
    public async Task Timer_Cancelled_ThrowsAndNeverFires()
    {
        Code code = new Code().Orchestrator("cancels", async (context, _) =>
        {
            using CancellationTokenSource cancel = new();
            Task timer = context.CreateTimer(context.CurrentUtcDateTime.AddDays(1), cancel.Token);
            await context.Event("stop");
#pragma warning disable CA1849 // CancelAsync leaves the orchestrator's thread.
            cancel.Cancel();
#pragma warning restore CA1849
            try
            {
                await timer;
                return "fired";
            }
            catch (TaskCanceledException)
            {
                return "cancelled " + await context.Event("end");
            }
        });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("cancels");
        await hub.Client.RaiseEventAsync("case-1", "stop", "");
        await hub.StartAsync(code);
        hub.Clock.Advance(TimeSpan.FromDays(2));
        await hub.Client.RaiseEventAsync("case-1", "end", "rightly");

        Assert.Equal("cancelled rightly", await hub.OutputAsync());
        Assert.DoesNotContain("TimerFired", await hub.KindsAsync());
    }

    [Fact]
    public async Task Timer_OnTheSystemsClock_IsDueAtOrAfter()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(
            new Code().Orchestrator("nap", async (context, _) =>
            {
                DateTimeOffset due = context.CurrentUtcDateTime.AddMilliseconds(30);
                await context.CreateTimer(due);
                return context.CurrentUtcDateTime >= due ? "woken" : "too early";
            }),
            clock: TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => hub.StartInstanceAsync("nap", id: $"nap-{number}")));
        for (int number = 0; number < 50; number++)
        {
            Assert.Equal("woken", await hub.OutputAsync($"nap-{number}"));
        }
    }
}
