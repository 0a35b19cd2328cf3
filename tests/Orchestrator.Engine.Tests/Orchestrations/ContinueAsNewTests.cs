using System.Globalization;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class ContinueAsNewTests
{
    private static async Task<string> Collect(IOrchestrationContext context, string input)
    {
        string next = input + await context.Event("part");
        if (next.Length < 5)
        {
            context.ContinueAsNew(next);
        }

        return next;
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task NextRun_StartsAfreshAndKeepsEveryEvent(int resident)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("collect", Collect), options => options with { MaxResidentInstances = resident });
        await hub.StartInstanceAsync("collect");

        foreach (string part in (string[])["a", "b", "c", "d", "e"])
        {
            await hub.Client.RaiseEventAsync("case-1", "part", part);
        }

        Assert.Equal("abcde", await hub.OutputAsync());
        Assert.Equal(["ExecutionStarted", "EventRaised", "ExecutionCompleted"], await hub.KindsAsync());
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(0)]
    public async Task Events_AcknowledgedTogether_AreEachTakenByOneOfTheRuns(int resident)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("collect", Collect), options => options with { MaxResidentInstances = resident });
        for (int number = 0; number < 200; number++)
        {
            string id = $"case-{number}";
            await hub.StartInstanceAsync("collect", id: id);
            await Task.WhenAll("abcde".Select(part => Task.Run(() => hub.Client.RaiseEventAsync(id, "part", $"{part}", $"{part}"))));
        }

        for (int number = 0; number < 200; number++)
        {
            string output = await hub.OutputAsync($"case-{number}");
            Assert.Equal("abcde", string.Concat(output.Order()));
        }
    }

    [Fact]
    public async Task Loop_OfManyRuns_KeepsItsHistoryShort()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code()
            .Activity("next", input => (int.Parse(input, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture))
            .Orchestrator("loop", async (context, input) =>
            {
                string next = await context.Call("next", input);
                if (next != "100")
                {
                    context.ContinueAsNew(next);
                }

                return $"{next} {context.NewGuid()}";
            }));

        Assert.StartsWith("100 ", await hub.RunAsync("loop", "0"), StringComparison.Ordinal);
        Assert.Equal(4, (await hub.KindsAsync()).Count);
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task NextRun_AskedToForgetEvents_DoesNotSeeThem()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Orchestrator("forget", async (context, input) =>
        {
            string go = await context.Event("go");
            if (input == "first")
            {
                context.ContinueAsNew("second", preserveUnprocessedEvents: false);
            }

            return go;
        }));
        await hub.StartInstanceAsync("forget", "first");
        await hub.Client.SuspendInstanceAsync("case-1");
        await hub.Client.RaiseEventAsync("case-1", "unasked", "x");
        await hub.Client.RaiseEventAsync("case-1", "go", "1");
        await hub.Client.ResumeInstanceAsync("case-1");
        await TaskHubFolder.EventuallyAsync(async () => (await hub.KindsAsync()).SequenceEqual(["ExecutionStarted"]), "the second run");

        await hub.Client.RaiseEventAsync("case-1", "go", "2");

        Assert.Equal("2", await hub.OutputAsync());
    }
}
