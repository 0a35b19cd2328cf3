namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class EventRaceTests
{
    private const int Races = 10_000;

    /// <summary>The clock passes the timeout while half of the events are on their way.</summary>
    [Fact]
    public async Task Event_RacingItsTimeoutTenThousandTimes_HasExactlyOneWinnerAndIsNeverLost()
    {
        int waiting = 0, sent = 0;
        Code code = new Code()
            .Activity("note", input =>
            {
                Interlocked.Increment(ref waiting);
                return input;
            })
            .Orchestrator("race", async (context, _) =>
            {
                await context.Call("note");
                try
                {
                    return await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(1));
                }
                catch (TaskCanceledException)
                {
                    return "late " + await context.Event("reply");
                }
            });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, options => options with { MaxResidentInstances = 1_000 });
        foreach (int[] some in Enumerable.Range(0, Races).Chunk(1_000))
        {
            await Task.WhenAll(some.Select(race => hub.StartInstanceAsync("race", id: $"race-{race}")));
        }

        await TaskHubFolder.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref waiting) == Races), "all wait");
        await hub.RecordedAsync("TimerCreated", id: $"race-{Races - 1}");
        Task raising = Parallel.ForAsync(0, Races, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (race, cancellationToken) =>
        {
            if (Interlocked.Increment(ref sent) == Races / 2)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => hub.Clock.Advance(TimeSpan.FromHours(1)), null);
            }

            await hub.Client.RaiseEventAsync($"race-{race}", "reply", $"{race}", $"reply-{race}", cancellationToken);
        });
        await raising;
        hub.Clock.Advance(TimeSpan.FromSeconds(2));

        int late = 0;
        for (int race = 0; race < Races; race++)
        {
            string won = await hub.OutputAsync($"race-{race}");
            Assert.Contains(won, new[] { $"{race}", $"late {race}" });
            IReadOnlyList<string> kinds = await hub.KindsAsync($"race-{race}");
            Assert.Single(kinds, kind => kind == "EventRaised");
            Assert.InRange(kinds.Count(kind => kind == "TimerFired"), won.StartsWith("late", StringComparison.Ordinal) ? 1 : 0, 1);
            late += won.StartsWith("late", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(late, 1, Races - 1);
    }
}
