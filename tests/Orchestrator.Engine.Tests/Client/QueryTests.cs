using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Client;

public sealed class QueryTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("wait", async (context, input) =>
        {
            context.SetCustomStatus($"waits for {input}");
            return await context.Event("go");
        })
        .Orchestrator("instant", (_, input) => Task.FromResult(input))
        .Orchestrator("fail", (_, _) => throw new InvalidOperationException("sentence"));

    [Fact]
    public async Task Query_ByEachField_GivesTheNewestFirstAcrossPages()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        DateTimeOffset middle = default;
        for (int number = 0; number < 25; number++)
        {
            middle = number == 10 ? hub.Clock.GetUtcNow() : middle;
            string name = (number % 3) switch { 0 => "wait", 1 => "instant", _ => "fail" };
            await hub.StartInstanceAsync(name, "x", $"{(number % 2 == 0 ? "even" : "odd")}-{number:00}");
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await TaskHubFolder.EventuallyAsync(async () => (await IdsAsync(hub, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Pending]))).Count == 0, "all are taken up");

        Assert.Equal(25, (await IdsAsync(hub, new OrchestrationQuery(PageSize: 4))).Count);
        Assert.Equal("even-24", (await IdsAsync(hub, new OrchestrationQuery()))[0]);
        Assert.Equal(9, (await IdsAsync(hub, new OrchestrationQuery(Name: "wait", PageSize: 2))).Count);
        Assert.Equal(16, (await IdsAsync(hub, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed], PageSize: 3))).Count);
        Assert.Equal(9, (await IdsAsync(hub, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running]))).Count);
        Assert.Equal(15, (await IdsAsync(hub, new OrchestrationQuery(CreatedFrom: middle))).Count);
        Assert.Equal(11, (await IdsAsync(hub, new OrchestrationQuery(CreatedTo: middle))).Count);
        Assert.Equal(["odd-23", "odd-21"], (await IdsAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "odd-2", PageSize: 1))));
    }

    [Fact]
    public async Task Query_WithAPageSizeOutOfRange_IsRefused()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(hub, new OrchestrationQuery(PageSize: 0)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(hub, new OrchestrationQuery(PageSize: 1_001)));
    }

    [Fact]
    public async Task Metadata_ShowsTimesStatusAndPayloadsWhenAsked()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        DateTimeOffset created = hub.Clock.GetUtcNow();
        await hub.StartInstanceAsync("wait", "the customer");
        await TaskHubFolder.EventuallyAsync(async () => (await hub.Client.GetInstanceAsync("case-1"))!.SerializedCustomStatus is not null, "the status");
        hub.Clock.Advance(TimeSpan.FromHours(2));
        await hub.Client.RaiseEventAsync("case-1", "go", "done");
        OrchestrationMetadata end = await hub.EndAsync();
        await hub.StartInstanceAsync("fail", id: "case-2");

        Assert.Equal(
            new OrchestrationMetadata("wait", "case-1", OrchestrationRuntimeStatus.Completed, created, created.AddHours(2), "\"the customer\"", "\"done\"", "\"waits for the customer\"", null),
            end);
        OrchestrationMetadata brief = (await hub.Client.GetInstanceAsync("case-1"))!;
        Assert.Equal((null, null), (brief.SerializedInput, brief.SerializedOutput));
        Assert.Equal("sentence", (await hub.FailureAsync("case-2")).ErrorMessage);
    }

    [Fact]
    public async Task History_NumbersItsStepsAndJoinsThemByTask()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("echo", input => input)
            .Orchestrator("one", async (context, input) => await context.Call("echo", input)));
        await hub.RunAsync("one", "x");

        IReadOnlyList<HistoryEntry> history = await hub.Client.GetOrchestrationHistoryAsync("case-1");

        Assert.Equal([1, 2, 3, 4], history.Select(entry => entry.Sequence));
        Assert.Equal(("TaskScheduled", 0, "echo", "\"x\""), (history[1].Kind, history[1].TaskId, history[1].Name, history[1].Payload));
        Assert.Equal(("TaskCompleted", 0, "\"x\""), (history[2].Kind, history[2].TaskId, history[2].Payload));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(TaskHubFolder hub, OrchestrationQuery query)
    {
        List<string> ids = [];
        await foreach (OrchestrationMetadata instance in hub.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        return ids;
    }
}
