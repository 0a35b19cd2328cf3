using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Client;

public sealed class ManagementTests
{
    private static readonly Code Code = new Code()
        .Activity("echo", input => input)
        .Orchestrator("wait", async (context, _) => await context.Call("echo", await context.Event("go")));

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Suspended_Instance_TakesEventsAndActsOnThemAfterResume(int resident)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code, options => options with { MaxResidentInstances = resident });
        await hub.StartInstanceAsync("wait");
        await hub.Client.SuspendInstanceAsync("case-1", "under review");
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        await hub.StartAsync(Code);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync("case-1"))!.RuntimeStatus);
        Assert.Equal(["ExecutionStarted", "ExecutionSuspended", "EventRaised"], await hub.KindsAsync());
        await hub.Client.ResumeInstanceAsync("case-1");

        Assert.Equal("on", await hub.OutputAsync());
    }

    [Fact]
    public async Task Terminated_Instance_EndsAtOnceAndDropsWhatStillRuns()
    {
        TaskCompletionSource<string> slow = new();
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("slow", (_, _) => slow.Task)
            .Orchestrator("runs", async (context, _) => await context.Call("slow")));
        await hub.StartInstanceAsync("runs");
        await hub.RecordedAsync("TaskScheduled");

        await hub.Client.TerminateInstanceAsync("case-1", "not wanted");
        OrchestrationMetadata end = await hub.EndAsync();
        slow.SetResult("late");

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"not wanted\""), (end.RuntimeStatus, end.SerializedOutput));
        await Assert.ThrowsAsync<InstanceCompletedException>(() => hub.Client.TerminateInstanceAsync("case-1"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => hub.Client.SuspendInstanceAsync("nobody"));
        Assert.Equal("ExecutionTerminated", (await hub.KindsAsync())[^1]);
    }

    [Fact]
    public async Task Rewound_Instance_RunsOnlyItsFailedStepsAgain()
    {
        int good = 0, bad = 0;
        bool mended = false;
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("good", input => $"{input}{Interlocked.Increment(ref good)}")
            .Activity("bad", input => Interlocked.Increment(ref bad) > 0 && !mended ? throw new InvalidOperationException("down") : input)
            .Activity("undo", _ => "undone")
            .Orchestrator("case", async (context, _) =>
            {
                string first = await context.Call("good", "g");
                try
                {
                    await context.Call("bad", retry: new RetryPolicy(2, TimeSpan.Zero));
                }
                catch (TaskFailedException)
                {
                    await context.Call("undo");
                    throw;
                }

                return string.Concat(await Task.WhenAll(context.Call("bad", first), context.Call("bad", "!")));
            }));
        await hub.StartInstanceAsync("case");
        await hub.FailureAsync();
        Assert.Equal((1, 2), (good, bad));

        mended = true;
        await hub.Client.RewindInstanceAsync("case-1", "the outage is over");

        Assert.Equal("g1!", await hub.OutputAsync());
        Assert.Equal((1, 5), (good, bad));
        Assert.Contains("ExecutionRewound", await hub.KindsAsync());
        await Assert.ThrowsAsync<InstanceNotFailedException>(() => hub.Client.RewindInstanceAsync("case-1", "again"));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Rewound_Parent_RewindsTheChildrenThatFailedIt()
    {
        bool mended = false;
        Code code = new Code()
            .Activity("bad", input => !mended ? throw new InvalidOperationException("down") : input)
            .Orchestrator("child", async (context, input) => await context.Call("bad", input))
            .Orchestrator("parent", async (context, _) => string.Concat(await Task.WhenAll(context.Child("child", "a"), context.Child("child", "b"))));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("parent");
        await hub.FailureAsync();

        mended = true;
        await hub.Client.RewindInstanceAsync("case-1", "mended");

        Assert.Equal("ab", await hub.OutputAsync());
        Assert.Equal("a", await hub.OutputAsync("case-1:0"));
    }

    [Fact]
    public async Task Purged_Instance_IsGoneAndTheChainStillVerifies()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");
        await hub.StartInstanceAsync("wait", id: "case-2");
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("case-1")).PurgedInstanceCount);
        await hub.Client.RaiseEventAsync("case-1", "go", "secret-4242", "event-1");
        await hub.OutputAsync();

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("case-1")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("case-1")).PurgedInstanceCount);

        Assert.Null(await hub.Client.GetInstanceAsync("case-1"));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
        await hub.StartInstanceAsync("wait");
        await hub.Client.RaiseEventAsync("case-1", "go", "anew", "event-1");
        Assert.Equal("anew", await hub.OutputAsync());
        await hub.StopAsync();
        Assert.DoesNotContain("secret-4242", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(hub.Path)), StringComparison.Ordinal);
    }
}
