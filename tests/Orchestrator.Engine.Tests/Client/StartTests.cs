using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Client;

public sealed class StartTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("wait", async (context, _) => await context.Event("go"))
        .Orchestrator("instant", (_, input) => Task.FromResult(input));

    [Fact]
    public async Task Start_OfAnIdInUse_IsRefusedRunningOrCompleted()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");
        await hub.RunAsync("instant", id: "done");

        foreach (string id in (string[])["case-1", "done"])
        {
            OrchestrationAlreadyExistsException refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.StartInstanceAsync("instant", id: id));
            Assert.Equal(id, refused.InstanceId);
        }
    }

    [Fact]
    public async Task Start_OfOneIdByMany_SucceedsOnce()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);

        bool[] started = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await hub.StartInstanceAsync("wait");
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));

        Assert.Single(started, won => won);
    }

    [Fact]
    public async Task Event_ForNoOrAnEndedInstance_HasItsOwnError()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.RunAsync("instant");

        await Assert.ThrowsAsync<InstanceNotFoundException>(() => hub.Client.RaiseEventAsync("nobody", "go", ""));
        await Assert.ThrowsAsync<InstanceCompletedException>(() => hub.Client.RaiseEventAsync("case-1", "go", ""));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => hub.Client.WaitForInstanceCompletionAsync("nobody"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => hub.Client.GetOrchestrationHistoryAsync("nobody"));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("two\nlines")]
    public async Task Name_ThatIsNoPlainText_IsRefused(string name)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");

        await Assert.ThrowsAsync<ArgumentException>(() => hub.StartInstanceAsync("wait", id: name));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("case-1", name, ""));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("case-1", "go", "", name));
    }

    [Fact]
    public async Task WaitForCompletion_Cancelled_StopsWaiting()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");
        using CancellationTokenSource giveUp = new();
        Task waiting = hub.Client.WaitForInstanceCompletionAsync("case-1", cancellationToken: giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Client_BeforeStartAndAfterStop_SaysSo()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        IOrchestrationClient client = hub.Client;
        await hub.StopAsync();

        Assert.Contains("not started", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetInstanceAsync("case-1"))).Message, StringComparison.Ordinal);
    }
}
