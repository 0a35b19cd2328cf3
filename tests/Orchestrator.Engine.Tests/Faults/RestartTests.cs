using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Faults;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_InAWait_GoesOnWithoutRunningRecordedStepsAgain()
    {
        int runs = 0;
        Code code = new Code()
            .Activity("count", _ => $"{Interlocked.Increment(ref runs)}")
            .Orchestrator("waits", async (context, _) =>
            {
                string before = $"{await context.Call("count")} {context.NewGuid()} {context.CurrentUtcDateTime:O}";
                string answer = await context.Event("answer");
                return $"{before}|{answer}|{await context.Call("count")}";
            });
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("waits");
        await hub.RecordedAsync("TaskCompleted");

        await hub.StartAsync(code);
        await hub.Client.RaiseEventAsync("case-1", "answer", "yes");

        string[] output = (await hub.OutputAsync()).Split('|');
        Assert.StartsWith("1 ", output[0], StringComparison.Ordinal);
        Assert.Equal(["yes", "2"], output[1..]);
    }

    [Fact]
    public async Task Restart_WithNothingInMemory_ReplaysToTheSameValues()
    {
        static async Task<string> Ids(IOrchestrationContext context, string input)
        {
            List<string> seen = [];
            for (int round = 0; round < 5; round++)
            {
                seen.Add($"{context.NewGuid()} {context.CurrentUtcDateTime.UtcTicks}");
                await context.Event("next");
                await context.Call("echo", "x");
            }

            return string.Join(',', seen);
        }

        Code code = new Code().Activity("echo", input => input).Orchestrator("ids", Ids);
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, options => options with { MaxResidentInstances = 0 });
        await hub.StartInstanceAsync("ids");
        for (int round = 0; round < 5; round++)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await hub.Client.RaiseEventAsync("case-1", "next", "");
            await hub.RecordedAsync("TaskCompleted", round + 1);
        }

        string[] seen = (await hub.OutputAsync()).Split(',');
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Select(value => value[..36]).Distinct().Count());
    }
}
