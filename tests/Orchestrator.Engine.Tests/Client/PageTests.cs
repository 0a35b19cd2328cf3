using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Client;

public sealed class PageTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("wait", async (context, _) => await context.Event("go"))
        .Orchestrator("instant", (_, input) => Task.FromResult(input));

    [Fact]
    public async Task Token_OfAPage_GoesOnAfterARestartAndOverNewAndPurgedInstances()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        for (int number = 0; number < 6; number++)
        {
            await hub.RunAsync("instant", id: $"case-{number}");
            hub.Clock.Advance(TimeSpan.FromSeconds(number % 2));
        }

        Page<OrchestrationMetadata> first = await PageAsync(hub, null, 2);
        await hub.StartAsync(Code);
        await hub.RunAsync("instant", id: "case-new");
        await hub.Client.PurgeInstanceAsync("case-4");
        await hub.Client.PurgeInstanceAsync("case-3");
        Page<OrchestrationMetadata> second = await PageAsync(hub, first.ContinuationToken, 2);
        Page<OrchestrationMetadata> third = await PageAsync(hub, second.ContinuationToken, 2);

        Assert.Equal(["case-5", "case-4"], first.Values.Select(one => one.InstanceId));
        Assert.Equal(["case-2", "case-1"], second.Values.Select(one => one.InstanceId));
        Assert.Equal(["case-0"], third.Values.Select(one => one.InstanceId));
        Assert.Null(third.ContinuationToken);
    }

    [Fact]
    public async Task Page_ThatTakesTheRest_HasNoToken()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.RunAsync("instant", id: "case-1");
        await hub.RunAsync("instant", id: "case-2");

        Assert.Null((await PageAsync(hub, null, 2)).ContinuationToken);
        Assert.NotNull((await PageAsync(hub, null, 1)).ContinuationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1-2-3")]
    [InlineData("1; DROP TABLE history")]
    [InlineData("99999999999999999999-1")]
    public async Task Token_ThatIsNone_IsRefused(string token)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);

        await Assert.ThrowsAsync<ContinuationTokenException>(() => PageAsync(hub, token, 2));
    }

    [Fact]
    public async Task InputsAndOutputs_ComeAlongWhenAskedFor()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.RunAsync("instant", "payload");

        OrchestrationMetadata with = await hub.Client.GetAllInstancesAsync(new() { FetchInputsAndOutputs = true }).SingleAsync();
        OrchestrationMetadata without = await hub.Client.GetAllInstancesAsync().SingleAsync();

        Assert.Equal(("\"payload\"", "\"payload\""), (with.SerializedInput, with.SerializedOutput));
        Assert.Equal((null, null), (without.SerializedInput, without.SerializedOutput));
    }

    [Fact]
    public async Task WaitForStart_ReturnsAtTheFirstTurnOrTheEnd()
    {
        using SemaphoreSlim turn = new(0);
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("wait", async (context, _) =>
        {
#pragma warning disable CA1849 // Code that holds its turn, so that the instance is pending for as long as the test says.
            turn.Wait();
#pragma warning restore CA1849
            return await context.Event("go");
        }));
        await hub.StartInstanceAsync("wait");
        Task<OrchestrationMetadata> started = hub.Client.WaitForInstanceStartAsync("case-1");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.Client.GetInstanceAsync("case-1"))!.RuntimeStatus);
        Assert.False(started.IsCompleted);

        turn.Release();

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await started.WaitAsync(TaskHubFolder.Patience)).RuntimeStatus);
        await hub.Client.TerminateInstanceAsync("case-1");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.Client.WaitForInstanceStartAsync("case-1")).RuntimeStatus);
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => hub.Client.WaitForInstanceStartAsync("nobody"));
    }

    private static async Task<Page<OrchestrationMetadata>> PageAsync(TaskHubFolder hub, string? token, int size)
    {
        await foreach (Page<OrchestrationMetadata> page in hub.Client.GetAllInstancesAsync().AsPages(token, size))
        {
            return page;
        }

        throw new InvalidOperationException("A listing has a first page.");
    }
}
