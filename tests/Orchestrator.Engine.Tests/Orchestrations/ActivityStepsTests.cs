using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class ActivityStepsTests
{
    [Fact]
    public async Task Activities_InSequence_PassResultsOn()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("double", input => input + input)
            .Orchestrator("twice", async (context, input) => await context.Call("double", await context.Call("double", input))));

        Assert.Equal("abababab", await hub.RunAsync("twice", "ab"));
        Assert.Equal(
            ["ExecutionStarted", "TaskScheduled", "TaskCompleted", "TaskScheduled", "TaskCompleted", "ExecutionCompleted"],
            await hub.KindsAsync());
    }

    [Fact]
    public async Task Activities_FannedOut_AreAwaitedTogether()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("echo", input => input)
            .Orchestrator("fan", async (context, _) =>
                string.Concat(await Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.Call("echo", $"{number},"))))));

        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(number => $"{number},")), await hub.RunAsync("fan"));
    }

    [Fact]
    public async Task Activity_ThatThrows_FailsTheCallWithItsDetails()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("break", _ => throw new InvalidOperationException("no such charge"))
            .Orchestrator("careful", async (context, _) =>
            {
                try
                {
                    return await context.Call("break");
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage} {failed.FailureDetails.IsCausedBy<InvalidOperationException>()}";
                }
            })
            .Orchestrator("careless", async (context, _) => await context.Call("break")));

        Assert.Equal("break: no such charge True", await hub.RunAsync("careful"));
        await hub.StartInstanceAsync("careless", id: "case-2");
        TaskFailureDetails failure = await hub.FailureAsync("case-2");
        Assert.True(failure.IsCausedBy<TaskFailedException>());
        Assert.Equal("no such charge", failure.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task Activity_WithRetry_IsTriedAgainAfterDurableWaits()
    {
        int attempts = 0;
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("flaky", _ => Interlocked.Increment(ref attempts) < 3 ? throw new TimeoutException("busy") : "done")
            .Orchestrator("patient", async (context, _) =>
                await context.Call("flaky", retry: new RetryPolicy(5, TimeSpan.FromHours(1), BackoffCoefficient: 2))));

        await hub.StartInstanceAsync("patient");
        await hub.RecordedAsync("TimerCreated");
        hub.Clock.Advance(TimeSpan.FromMinutes(61));
        await hub.RecordedAsync("TimerCreated", times: 2);
        hub.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(2, attempts);
        hub.Clock.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal("done", await hub.OutputAsync());
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Activity_WhoseFailureSaysWhenToComeAgain_IsTriedThenAndNotBefore()
    {
        int attempts = 0;
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("busy", _ => Interlocked.Increment(ref attempts) == 1 ? throw new BusyException() : "done")
            .Orchestrator("patient", async (context, _) => await context.Call("busy", retry: new RetryPolicy(5, TimeSpan.FromSeconds(1)))));

        await hub.StartInstanceAsync("patient");
        await hub.RecordedAsync("TimerCreated");
        hub.Clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(1, attempts);
        hub.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("done", await hub.OutputAsync());
        Assert.Equal(2, attempts);
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(1, 4)]
    [InlineData(90, 90)]
    [InlineData(1_000_000, 86_400)]
    public void RetryPolicy_AskedToWait_WaitsTheLongerUpToADay(int? asked, int expected) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            new RetryPolicy(5, TimeSpan.FromSeconds(2), 2).DelayBefore(3, new TaskFailureDetails("x", "y") { RetryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null }));

    private sealed class BusyException : Exception, IRetryAfter
    {
        public TimeSpan? RetryAfter => TimeSpan.FromMinutes(10);
    }

    [Fact]
    public async Task Activity_WithRetryThatRefusesTheFailure_IsNotTriedAgain()
    {
        int attempts = 0;
        await using TaskHubFolder hub = new();
        RetryPolicy retry = new(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => !failure.IsCausedBy<ArgumentException>() };
        await hub.StartAsync(new Code()
            .Activity("refused", _ => Interlocked.Increment(ref attempts) > 0 ? throw new ArgumentException("bad") : "")
            .Orchestrator("once", async (context, _) => await context.Call("refused", retry: retry)));

        await hub.StartInstanceAsync("once");
        await hub.FailureAsync();
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task UnknownNames_FailTheInstanceWithASentence()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("lost", async (context, _) =>
            await context.Call("nowhere", retry: new RetryPolicy(10, TimeSpan.FromDays(1))))
            .Orchestrator("parent", async (context, _) => await context.Child("unheard-of")));

        await hub.StartInstanceAsync("lost");
        await hub.StartInstanceAsync("parent", id: "case-2");

        Assert.Contains("No activity named 'nowhere'", (await hub.FailureAsync()).ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("No orchestrator named 'unheard-of'", (await hub.FailureAsync("case-2")).ErrorMessage, StringComparison.Ordinal);
    }
}
