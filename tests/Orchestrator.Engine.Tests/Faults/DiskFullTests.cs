using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Faults;

public sealed class DiskFullTests
{
    [Fact]
    public async Task FullDisk_RefusesNewWorkKeepsTheRestAndGoesOnWithSpace()
    {
        SqliteDatabase? writing = null;
        int pages = 0;
        TaskCompletionSource<string> slow = new();
        await using TaskHubFolder hub = new();
        await hub.StartAsync(
            new Code()
                .Activity("slow", (_, _) => slow.Task)
                .Orchestrator("case", async (context, _) => await context.Call("slow"))
                .Orchestrator("wait", async (context, _) => await context.Event("go")),
            options => options with
            {
                OnOpened = database => writing = database,

                // On the writer's thread, as the connection wants it.
                AtCrashPoint = (point, _, _) =>
                {
                    if (point == nameof(CrashPoint.BeforeAppend) && Interlocked.Exchange(ref pages, 0) is var limit && limit > 0)
                    {
                        writing!.Execute($"PRAGMA max_page_count = {limit}");
                    }
                },
            });
        await hub.StartInstanceAsync("case");
        await hub.RecordedAsync("TaskScheduled");

        Volatile.Write(ref pages, 1);
        int accepted = 0;
        TaskHubFullException refused = await Assert.ThrowsAsync<TaskHubFullException>(async () =>
        {
            for (; accepted < 1_000; accepted++)
            {
                await hub.StartInstanceAsync("wait", new string('x', 2_000), $"wait-{accepted}");
            }
        });
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        slow.SetResult(new string('y', 20_000));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync("case-1"))!.RuntimeStatus);

        Volatile.Write(ref pages, 1_000_000);
        await TaskHubFolder.EventuallyAsync(
            async () =>
            {
                hub.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await hub.Client.GetInstanceAsync("case-1"))!.HasEnded;
            },
            "what waited for space is recorded");
        Assert.Equal(20_000, (await hub.OutputAsync()).Length);
        await hub.StartInstanceAsync("wait", id: $"wait-{accepted}");
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }
}
