using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Client;

public sealed class PurgeTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("wait", async (context, _) => await context.Event("go"))
        .Orchestrator("instant", (_, input) => Task.FromResult(input))
        .Orchestrator("fail", (_, _) => throw new InvalidOperationException("sentence"));

    [Fact]
    public async Task PurgeAll_TakesWhatFitsTheFilterAndNothingElse()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        for (int number = 0; number < 150; number++)
        {
            await hub.StartInstanceAsync((number % 3) switch { 0 => "wait", 1 => "instant", _ => "fail" }, id: $"old-{number}");
        }

        DateTimeOffset noon = hub.Clock.GetUtcNow().AddHours(1);
        hub.Clock.Advance(TimeSpan.FromHours(2));
        await hub.RunAsync("instant", id: "new-1");
        await TaskHubFolder.EventuallyAsync(async () => await CountAsync(hub, ended: true) == 101, "the ends");

        Assert.Equal(50, (await hub.Client.PurgeAllInstancesAsync(new(CreatedTo: noon, Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running]))).PurgedInstanceCount);
        Assert.Equal(101, await CountAsync(hub));
        Assert.Equal(0, (await hub.Client.PurgeAllInstancesAsync(new(Statuses: [OrchestrationRuntimeStatus.Running]))).PurgedInstanceCount);
        Assert.Equal(1, (await hub.Client.PurgeAllInstancesAsync(new(CreatedFrom: noon))).PurgedInstanceCount);
        Assert.Equal(50, (await hub.Client.PurgeAllInstancesAsync(new())).PurgedInstanceCount);
        Assert.Equal(50, await CountAsync(hub));
        Assert.Equal(0, await CountAsync(hub, ended: true));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
        await hub.Client.RaiseEventAsync("old-0", "go", "still here");
        Assert.Equal("still here", await hub.OutputAsync("old-0"));
    }

    [Fact]
    public async Task KeyOfAPurgedParent_IsNotGivenAgainWhileItsChildLives()
    {
        await using TaskHubFolder hub = new();
        Code code = new Code()
            .Orchestrator("child", async (context, _) => await context.Event("go"))
            .Orchestrator("parent", async (context, _) => await context.Child("child", instanceId: "child-1"))
            .Orchestrator("other", async (context, _) => await context.Child("child", instanceId: "child-2"));
        await hub.StartAsync(code);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(Code.Orchestrator("child"), "", "child-0");
        await hub.StartInstanceAsync("parent", id: "parent-1");
        await TaskHubFolder.EventuallyAsync(async () => await hub.Client.GetInstanceAsync("child-1") is not null, "the child");
        await hub.Client.TerminateInstanceAsync("parent-1");
        await hub.Client.PurgeInstanceAsync("parent-1");
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("other", id: "other-1");
        await TaskHubFolder.EventuallyAsync(async () => await hub.Client.GetInstanceAsync("child-2") is not null, "the other's child");

        await hub.Client.RaiseEventAsync("child-1", "go", "of nobody any more");
        await hub.OutputAsync("child-1");
        await hub.Client.RaiseEventAsync("child-2", "go", "mine");

        Assert.Equal("mine", await hub.OutputAsync("other-1"));
    }

    private static async Task<int> CountAsync(TaskHubFolder hub, bool ended = false) =>
        await hub.Client.GetAllInstancesAsync(new(PageSize: 7)).CountAsync(one => !ended || one.HasEnded);
}
