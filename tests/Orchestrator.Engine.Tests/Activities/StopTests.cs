namespace Orchestrator.Engine.Tests.Activities;

public sealed class StopTests
{
    [Fact]
    public async Task Activity_RunningAtAStop_IsCancelledAndRunAgainAfterTheNextStart()
    {
        int runs = 0, cancelled = 0;
        TaskCompletionSource began = new();
        Code code = new Code()
            .Activity("slow", async (_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref runs) > 1)
                {
                    return "second";
                }

                began.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    cancelled++;
                    throw new InvalidOperationException("cut off");
                }

                return "never";
            })
            .Orchestrator("case", async (context, _) => await context.Call("slow"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("case");
        await began.Task.WaitAsync(TaskHubFolder.Patience);

        await hub.StartAsync(code, options => options with { MaxCrashesPerActivity = 1 });

        Assert.Equal("second", await hub.OutputAsync());
        Assert.Equal((2, 1), (runs, cancelled));
    }

    [Fact]
    public async Task Activity_ThatEndsWithinTheStop_IsRecorded()
    {
        int runs = 0;
        TaskCompletionSource began = new();
        Code code = new Code()
            .Activity("stubborn", async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref runs);
                TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await using CancellationTokenRegistration registration = cancellationToken.Register(stopping.SetResult);
                began.SetResult();
                await stopping.Task;
                return "had its effect";
            })
            .Orchestrator("case", async (context, _) => await context.Call("stubborn"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, options => options with { StopTimeout = TaskHubFolder.Patience });
        await hub.StartInstanceAsync("case");
        await began.Task.WaitAsync(TaskHubFolder.Patience);

        await hub.StartAsync(code);

        Assert.Equal("had its effect", await hub.OutputAsync());
        Assert.Equal(1, runs);
    }
}
