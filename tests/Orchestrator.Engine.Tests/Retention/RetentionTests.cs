using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Retention;

public sealed class RetentionTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("wait", async (context, _) => await context.Event("go"))
        .Orchestrator("instant", (_, input) => Task.FromResult(input))
        .Orchestrator("fail", (_, _) => throw new InvalidOperationException("sentence"))
        .Orchestrator("for-ever", async (context, input) =>
        {
            string next = await context.Event("next");
            context.ContinueAsNew(input + next);
            return "";
        });

    [Fact]
    public async Task Ended_Instances_GoAtStartAndHourlyOnceTheyAreOldEnough()
    {
        await using TaskHubFolder hub = new();
        await StartAsync(hub);
        await hub.RunAsync("instant", id: "done");
        await hub.StartInstanceAsync("fail", id: "failed");
        await hub.FailureAsync("failed");
        await hub.StartInstanceAsync("wait", id: "waits");
        await hub.StartInstanceAsync("wait", id: "stopped");
        hub.Clock.Advance(TimeSpan.FromDays(20));
        await hub.Client.TerminateInstanceAsync("stopped");
        hub.Clock.Advance(TimeSpan.FromDays(11));
        await StartAsync(hub);

        await TaskHubFolder.EventuallyAsync(async () => await hub.Client.GetInstanceAsync("done") is null, "purge at start");
        Assert.NotNull(await hub.Client.GetInstanceAsync("stopped"));
        await TaskHubFolder.EventuallyAsync(
            async () =>
            {
                // An hour's pause begins when a sweep ends.
                hub.Clock.Advance(TimeSpan.FromHours(1));
                return await hub.Client.GetInstanceAsync("stopped") is null;
            },
            "purge by the hour");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.Client.GetInstanceAsync("failed"))!.RuntimeStatus);
        await hub.Client.RaiseEventAsync("waits", "go", "after a long time");
        Assert.Equal("after a long time", await hub.OutputAsync("waits"));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task WithoutRetention_EverythingStays()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.RunAsync("instant");
        hub.Clock.Advance(TimeSpan.FromDays(10_000));
        await hub.StartAsync(Code);

        Assert.Equal("", await hub.OutputAsync());
    }

    [Fact]
    public async Task EndlessInstance_LosesTheRunsThatEndedLongAgo()
    {
        await using TaskHubFolder hub = new();
        await StartAsync(hub);
        await hub.StartInstanceAsync("for-ever", "start ");
        for (int number = 0; number < 400; number++)
        {
            await hub.Client.RaiseEventAsync("case-1", "next", $"secret-{number % 10}", $"event-{number}");
            await TaskHubFolder.EventuallyAsync(async () => await hub.KindsAsync() is ["ExecutionStarted"], "the next run");
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        hub.Clock.Advance(TimeSpan.FromDays(31));
        await hub.Client.RaiseEventAsync("case-1", "next", "new", "event-new");
        await StartAsync(hub);
        await TaskHubFolder.EventuallyAsync(() => Task.FromResult(Rows(hub, "SELECT count(*) FROM history WHERE instance IS NOT NULL") < 10), "the old runs' rows");

        Assert.Equal(0, Rows(hub, "SELECT count(*) FROM received_events WHERE event_id = 'event-0'"));
        Assert.Equal(1, Rows(hub, "SELECT count(*) FROM received_events WHERE event_id = 'event-new'"));
        Assert.StartsWith("\"start secret-0", (await hub.Client.GetInstanceAsync("case-1", getInputsAndOutputs: true))!.SerializedInput, StringComparison.Ordinal);
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
        await StartAsync(hub);
        await hub.Client.TerminateInstanceAsync("case-1");
    }

    [Fact]
    public async Task Retention_OfLessThanAMinute_IsRefused()
    {
        await using TaskHubFolder hub = new();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => hub.StartAsync(Code, options => options with { Retention = TimeSpan.Zero }));
    }

    private static Task StartAsync(TaskHubFolder hub) => hub.StartAsync(Code, options => options with { Retention = TimeSpan.FromDays(30) });

    private static long Rows(TaskHubFolder hub, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForReading(hub.Path);
        return database.Scalar(sql);
    }
}
