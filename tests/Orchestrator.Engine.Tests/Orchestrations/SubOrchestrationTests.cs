using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class SubOrchestrationTests
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Children_FannedOut_GiveTheirResults(int resident)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(
            new Code()
                .Activity("echo", input => input)
                .Orchestrator("child", async (context, input) => await context.Call("echo", input) + context.InstanceId)
                .Orchestrator("parent", async (context, _) =>
                    string.Join(' ', await Task.WhenAll(context.Child("child", "a@"), context.Child("child", "b@", "named"), context.Child("child", "c@")))),
            options => options with { MaxResidentInstances = resident });

        Assert.Equal("a@case-1:0 b@named c@case-1:2", await hub.RunAsync("parent"));
    }

    [Fact]
    public async Task Child_ThatFailsOrIsTerminated_FailsTheCall()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Orchestrator("fails", (_, _) => throw new InvalidOperationException("broken"))
            .Orchestrator("waits", async (context, _) => await context.Event("never"))
            .Orchestrator("parent", async (context, _) =>
            {
                List<string> sentences = [];
                foreach (string child in (string[])["fails", "waits"])
                {
                    try
                    {
                        await context.Child(child, instanceId: child);
                    }
                    catch (TaskFailedException failed)
                    {
                        sentences.Add(failed.FailureDetails.ErrorMessage);
                    }
                }

                return string.Join('|', sentences);
            }));
        await hub.StartInstanceAsync("parent");
        await TaskHubFolder.EventuallyAsync(async () => await hub.Client.GetInstanceAsync("waits") is not null, "the second child");

        await hub.Client.TerminateInstanceAsync("waits", "enough");

        Assert.Equal("broken|Sub-orchestration 'waits' was terminated.", await hub.OutputAsync());
    }

    [Fact]
    public async Task Child_WhoseIdIsInUse_FailsTheCall()
    {
        Code code = new Code()
            .Orchestrator("waits", async (context, _) => await context.Event("never"))
            .Orchestrator("parent", async (context, _) => await context.Child("waits", instanceId: "taken"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("waits", id: "taken");
        await hub.StartInstanceAsync("parent");

        TaskFailureDetails failure = await hub.FailureAsync();
        Assert.True(failure.InnerFailure!.IsCausedBy<OrchestrationAlreadyExistsException>());
    }

    [Fact]
    public async Task Child_EndingWhileItsParentIsNotInMemory_WakesIt()
    {
        Code code = new Code()
            .Orchestrator("child", async (context, _) => await context.Event("go"))
            .Orchestrator("parent", async (context, _) => "parent of " + await context.Child("child", instanceId: "child"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("parent");
        await TaskHubFolder.EventuallyAsync(async () => await hub.Client.GetInstanceAsync("child") is not null, "the child");

        await hub.StartAsync(code);
        await hub.Client.RaiseEventAsync("child", "go", "it");

        Assert.Equal("parent of it", await hub.OutputAsync());
    }
}
