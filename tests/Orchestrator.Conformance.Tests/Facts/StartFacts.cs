using Orchestrator.Agents.Durability;
using Orchestrator.Conformance.Tests.Targets;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.Tests.Facts;

public abstract class StartFacts(IConformanceTarget target) : ConformanceFacts(target)
{
    [Fact]
    public async Task Start_OfAKnownOrchestrator_CompletesWithItsOutput()
    {
        string id = await StartAsync(Names.Echo, "hello");

        OrchestrationMetadata end = await EndAsync(id);

        Assert.Equal((Names.Echo, id, OrchestrationRuntimeStatus.Completed), (end.Name, end.InstanceId, end.RuntimeStatus));
        Assert.Equal(("\"hello\"", "\"hello\""), (end.SerializedInput, end.SerializedOutput));
        Assert.True(end.LastUpdatedAt >= end.CreatedAt);
    }

    [Fact]
    public async Task Start_OfAnIdInUse_IsRefusedRunningAndCompleted()
    {
        string running = await StartWaitingAsync(Names.Waits, "go");
        string completed = await StartAsync(Names.Echo, "first");
        await OutputAsync(completed);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync(Names.Echo, "second", running));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync(Names.Echo, "second", completed));

        Assert.Equal("first", await OutputAsync(completed));
        await Client.RaiseEventAsync(running, "go", "still itself");
        Assert.Equal("still itself", await OutputAsync(running));
    }

    [Fact]
    public async Task Start_OfAnUnknownOrchestrator_IsRefusedAndLeavesNothing()
    {
        string id = NewId();

        DurabilityException refused = await Assert.ThrowsAnyAsync<DurabilityException>(() => StartAsync("ConformanceNobody", "", id));

        Assert.Equal("unknown-orchestrator", refused.Name);
        Assert.Null(await Client.GetInstanceAsync(id));
    }

    [Theory]
    [InlineData("żółć · 漢字 · עברית · 🎉 · e\u0301")]
    [InlineData("\" \\ </script> & \t \u2028 \0")]
    [InlineData("")]
    public async Task Payload_OfAnyText_ComesBackAsItWas(string text) => Assert.Equal(text, await RunAsync(Names.Echo, text));

    [Fact]
    public async Task Payload_Of500Kilobytes_ComesBackAsItWas()
    {
        string large = string.Concat(Enumerable.Range(0, 100_000).Select(number => number.ToString("D5", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(large, await RunAsync(Names.Echo, large));
    }

    [Fact]
    public async Task UnknownOrEndedInstance_HasAnErrorOfItsOwnForEachAct()
    {
        string unknown = NewId();
        string ended = await StartAsync(Names.Echo, "x");
        await OutputAsync(ended);
        Func<string, Task>[] acts =
        [
            id => Client.RaiseEventAsync(id, "go", "x"), id => Client.TerminateInstanceAsync(id), id => Client.SuspendInstanceAsync(id), id => Client.ResumeInstanceAsync(id),
        ];

        foreach (Func<string, Task> act in acts)
        {
            Assert.Equal(unknown, (await Assert.ThrowsAsync<InstanceNotFoundException>(() => act(unknown))).InstanceId);
            Assert.Equal(ended, (await Assert.ThrowsAsync<InstanceCompletedException>(() => act(ended))).InstanceId);
        }

        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.WaitForInstanceStartAsync(unknown));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.WaitForInstanceCompletionAsync(unknown));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.GetOrchestrationHistoryAsync(unknown));
        Assert.Null(await Client.GetInstanceAsync(unknown));
    }
}
