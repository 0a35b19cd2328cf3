using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Activities;

public sealed class PoisonTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Activity_ThatHangs_IsGivenUpAndItsSlotFreed(bool blocks)
    {
        using ManualResetEventSlim never = new();
        await using TaskHubFolder hub = new();
        await hub.StartAsync(
            new Code()
                .Activity("hang", async (_, _) =>
                {
                    if (blocks)
                    {
                        never.Wait(CancellationToken.None);
                    }

                    await new TaskCompletionSource().Task;
                    return "";
                })
                .Activity("fine", input => input)
                .Orchestrator("hangs", async (context, _) => await context.Call("hang"))
                .Orchestrator("fine", async (context, _) => await context.Call("fine", "ok")),
            options => options with { MaxConcurrentActivities = 1, ActivityTimeout = TimeSpan.FromMilliseconds(50) },
            TimeProvider.System);

        await hub.StartInstanceAsync("hangs");
        Assert.Equal("ok", await hub.RunAsync("fine", id: "case-2"));
        Assert.True((await hub.FailureAsync()).InnerFailure!.IsCausedBy<ActivityTimeoutException>());
        never.Set();
    }

    [Fact]
    public async Task Activity_WithAHugeResult_FailsWithItsSize()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("huge", _ => new string('x', 100_000_000))
            .Orchestrator("big", async (context, _) => await context.Call("huge")));
        await hub.StartInstanceAsync("big");

        TaskFailureDetails failure = (await hub.FailureAsync()).InnerFailure!;
        Assert.True(failure.IsCausedBy<PayloadTooLargeException>());
        Assert.Contains("more than 1,048,576 bytes", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payload_OverTheLimit_IsRefusedWhereverItComesFrom()
    {
        string large = new('é', 600);
        Code code = new Code()
            .Activity("echo", input => input)
            .Orchestrator("wait", async (context, _) => await context.Event("go"))
            .Orchestrator("to-activity", async (context, _) => await context.Call("echo", large))
            .Orchestrator("output", (_, _) => Task.FromResult(large))
            .Orchestrator("status", (context, _) =>
            {
                context.SetCustomStatus(large);
                return Task.FromResult("");
            });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, options => options with { MaxPayloadBytes = 1_000 });

        await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.StartInstanceAsync("wait", large));
        await hub.StartInstanceAsync("wait");
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.Client.RaiseEventAsync("case-1", "go", large));
        foreach (string poisoned in (string[])["to-activity", "output", "status"])
        {
            await hub.StartInstanceAsync(poisoned, id: poisoned);
            Assert.True((await hub.FailureAsync(poisoned)).IsCausedBy<PayloadTooLargeException>());
        }
    }

    [Fact]
    public async Task Activity_ThatCrashesTheProcess_IsQuarantinedAndItsNeighbourIsNot()
    {
        bool down = false;
        int attempts = 0, neighbours = 0;
        Code code = new Code()
            .Activity("crash", _ => "never returns")
            .Activity("slow", async (_, _) =>
            {
                // Runs beside the poison until both are suspects, which run one by one.
                await (Interlocked.Increment(ref neighbours) <= 2 ? new TaskCompletionSource().Task : Task.CompletedTask);
                return "ok";
            })
            .Orchestrator("poison", async (context, _) => await context.Call("crash", retry: new RetryPolicy(9, TimeSpan.FromSeconds(1))))
            .Orchestrator("fine", async (context, _) => await context.Call("slow"));
        EngineOptions Crashing(EngineOptions options) => options with
        {
            MaxCrashesPerActivity = 4,
            AtCrashPoint = (point, _, task) =>
            {
                if (point == nameof(CrashPoint.BeforeActivity) && task == "crash")
                {
                    attempts++;
                    down = true;
                    throw new InvalidOperationException("the process is gone");
                }
            },
        };

        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, Crashing);
        await hub.StartInstanceAsync("fine", id: "case-2");
        await hub.RecordedAsync("TaskScheduled", id: "case-2");
        await hub.StartInstanceAsync("poison");
        for (int crash = 0; crash < 4; crash++)
        {
            await TaskHubFolder.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref down)), "a crash");
            await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Engine.Stopped);
            down = false;
            await hub.StartAsync(code, Crashing);
        }

        TaskFailureDetails failure = await hub.FailureAsync();
        Assert.True(failure.InnerFailure!.IsCausedBy<ActivityQuarantinedException>(), failure.ErrorMessage);
        Assert.Equal(4, attempts);
        Assert.Equal("ok", await hub.OutputAsync("case-2"));
    }

    [Fact]
    public async Task Activities_BeyondTheLimit_Wait()
    {
        int running = 0, most = 0;
        await using TaskHubFolder hub = new();
        await hub.StartAsync(
            new Code()
                .Activity("work", async (input, _) =>
                {
                    int now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    return input;
                })
                .Orchestrator("fan", async (context, _) =>
                    $"{(await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => context.Call("work")))).Length}"),
            options => options with { MaxConcurrentActivities = 3 });

        Assert.Equal("200", await hub.RunAsync("fan"));
        Assert.InRange(most, 1, 3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var before && before != seen)
        {
            seen = before;
        }
    }
}
