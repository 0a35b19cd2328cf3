using System.Diagnostics;

namespace Orchestrator.Engine.Tests.Timers;

/// <summary>The wall clock is set by an hour or a day, to and fro, while timers run and while nobody does.</summary>
public sealed class ClockJumpTests
{
    private const int Timers = 40;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private int _woken;

    public static TheoryData<int, bool, int> Jumps
    {
        get
        {
            TheoryData<int, bool, int> jumps = [];
            foreach (int hours in (int[])[1, -1, 24, -24])
            {
                foreach (bool restart in (bool[])[false, true])
                {
                    jumps.Add(hours, restart, 2_000);
                    jumps.Add(hours, restart, 0);
                }
            }

            return jumps;
        }
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Timers_OverAJumpOfTheClock_FireOnceEachWhenDueByIt(int hours, bool restart, int resident)
    {
        await using TaskHubFolder hub = new();
        await StartAsync(hub, resident);
        DateTimeOffset began = hub.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(1, Timers).Select(number => hub.StartInstanceAsync("sleep", $"{number}", $"sleep-{number}")));
        await Task.WhenAll(Enumerable.Range(1, Timers).Select(number => hub.RecordedAsync("TimerCreated", id: $"sleep-{number}")));

        if (restart)
        {
            await hub.StopAsync();
        }

        hub.Clock.Jump(TimeSpan.FromHours(hours));
        if (restart)
        {
            await StartAsync(hub, resident);
        }

        // By the clock as it is now: those that the jump made due, and then each in its turn. A timer looks at the wall clock again within a second.
        int ended = 0;
        for (DateTimeOffset now = hub.Clock.GetUtcNow(); _woken < Timers; now += Step)
        {
            int due = Math.Clamp((int)((now - began) / Step), 0, Timers);
            await TaskHubFolder.EventuallyAsync(
                () =>
                {
                    if (_woken < due)
                    {
                        hub.Clock.Advance(TimeSpan.FromMilliseconds(1_001));
                    }

                    return Task.FromResult(_woken >= due);
                },
                $"{due} timers");
            Assert.True(_woken <= Math.Max(0, (int)((hub.Clock.GetUtcNow() - began) / Step)), $"{_woken} fired by {hub.Clock.GetUtcNow() - began}.");
            for (; ended < due; ended++)
            {
                // An activity under way while the clock moves on by a step would be over its time.
                await hub.OutputAsync($"sleep-{ended + 1}");
            }

            hub.Clock.Advance(Step);
        }

        for (int number = 1; number <= Timers; number++)
        {
            Assert.Equal("woken", await hub.OutputAsync($"sleep-{number}"));
            Assert.Single(await hub.KindsAsync($"sleep-{number}"), kind => kind == "TimerFired");
        }

        Assert.Equal(Timers, _woken);
    }

    [Fact]
    public async Task ThousandTimers_OverdueAtTheStart_FireWithinTwoSecondsOfIt()
    {
        const int overdue = 1_000;
        await using TaskHubFolder hub = new();
        await StartAsync(hub, resident: 2_000);
        await Task.WhenAll(Enumerable.Range(1, overdue).Select(number => hub.StartInstanceAsync("sleep", $"{number}", $"sleep-{number}")));
        await Task.WhenAll(Enumerable.Range(1, overdue).Select(number => hub.RecordedAsync("TimerCreated", id: $"sleep-{number}")));
        await hub.StopAsync();
        hub.Clock.Jump(TimeSpan.FromDays(10));

        await StartAsync(hub, resident: 2_000);
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(1, overdue).Select(number => hub.OutputAsync($"sleep-{number}")));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2), $"{Stopwatch.GetElapsedTime(began)}");
        Assert.Equal(overdue, _woken);
    }

    private async Task StartAsync(TaskHubFolder hub, int resident) => await hub.StartAsync(
        new Code()
            .Activity("wake", _ =>
            {
                Interlocked.Increment(ref _woken);
                return "woken";
            })
            .Orchestrator("sleep", async (context, steps) =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime + (int.Parse(steps, System.Globalization.CultureInfo.InvariantCulture) * Step));
                return await context.Call("wake");
            }),
        options => options with { MaxResidentInstances = resident });
}
