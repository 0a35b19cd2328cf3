using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Orchestrations;

public sealed class DeterminismTests
{
    public static TheoryData<string, Func<IOrchestrationContext, Task>> Changes => new()
    {
        { "reordered", async context => { await context.Call("b"); await context.Call("a"); } },
        { "removed", async context => await context.Call("b") },
        { "renamed", async context => { await context.Call("a"); await context.Call("c"); } },
        { "inserted", async context => { await context.Call("a"); await context.Call("c"); await context.Call("b"); } },
        { "other kind", async context => { await context.Call("a"); await context.CreateTimer(context.CurrentUtcDateTime.AddDays(1)); } },
        { "ends early", async context => await context.Call("a") },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangedCode_OnOldHistory_FailsNamingBothAndRunsNothing(string change, Func<IOrchestrationContext, Task> changed)
    {
        int ran = 0;
        Code With(Func<IOrchestrationContext, Task> steps, bool waits) => new Code()
            .Activity("a", Count).Activity("b", Count).Activity("c", Count)
            .Orchestrator("case", async (context, _) =>
            {
                await steps(context);
                return waits ? await context.Event("go") : "";
            });
        string Count(string input)
        {
            Interlocked.Increment(ref ran);
            return input;
        }

        await using TaskHubFolder hub = new();
        Code old = With(async context => { await context.Call("a"); await context.Call("b"); }, waits: true);
        await hub.StartAsync(old);
        await hub.StartInstanceAsync("case");
        await hub.RecordedAsync("TaskCompleted", times: 2);

        await hub.StartAsync(With(changed, waits: change != "ends early"));
        await hub.Client.RaiseEventAsync("case-1", "go", "");
        TaskFailureDetails failure = await hub.FailureAsync();

        Assert.True(failure.IsCausedBy<NonDeterministicOrchestrationException>(), failure.ErrorMessage);
        Assert.Contains("TaskScheduled '", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(2, ran);

        await hub.StartAsync(old);
        await hub.Client.RewindInstanceAsync("case-1", "the old version is back");
        Assert.Equal("", await hub.OutputAsync());
        Assert.Equal(2, ran);
    }

    public static TheoryData<Func<IOrchestrationContext, Task>> ForeignTasks =>
    [
        // Long enough that none has ended when it is awaited: one that has cannot be told from a value.
        async _ => await Task.Run(() => Thread.Sleep(300)),
        async _ => await Task.Delay(300),
        async _ => await Task.Delay(Timeout.Infinite),
        async context => await context.Call("echo").ConfigureAwait(false),
        async context => { await context.Call("echo").ConfigureAwait(false); await context.Call("echo"); },
        async context => await Task.Run(() => context.Call("echo")),
        async context => await Task.WhenAny(context.Event("never"), Task.Delay(300)),
    ];

    [Theory]
    [MemberData(nameof(ForeignTasks))]
    public async Task ForeignTask_Awaited_FailsLoudly(Func<IOrchestrationContext, Task> foreign)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Activity("echo", input => input).Orchestrator("stray", async (context, _) =>
        {
            await foreign(context);
            return "";
        }));
        await hub.StartInstanceAsync("stray");

        TaskFailureDetails failure = await hub.FailureAsync();
        Assert.True(failure.IsCausedBy<ForeignTaskException>(), failure.ErrorMessage);
        Assert.Contains("Move that work into an activity", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Combinators_AndYield_StayOnTheOrchestratorsThread()
    {
        static async Task<string> Mixed(IOrchestrationContext context, string input)
        {
            List<string> order = [];
            async Task Branch(string name)
            {
                await Task.Yield();
                order.Add(name + await context.Call("echo", "1"));
                order.Add(name + await context.Call("echo", "2"));
            }

            await Task.WhenAll(Branch("a"), Branch("b"), Branch("c"));
            await foreach (string part in Parts(context))
            {
                order.Add(part);
            }

            context.SetCustomStatus(string.Join(' ', order));
            return await context.Event("same") == string.Join(' ', order) ? "same" : "differs";
        }

        static async IAsyncEnumerable<string> Parts(IOrchestrationContext context)
        {
            for (int part = 0; part < 3; part++)
            {
                yield return await new ValueTask<string>(context.Call("echo", $"p{part}"));
            }
        }

        Code code = new Code().Activity("echo", input => input).Orchestrator("mixed", Mixed);
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        await hub.StartInstanceAsync("mixed");
        await TaskHubFolder.EventuallyAsync(async () => (await hub.Client.GetInstanceAsync("case-1"))!.SerializedCustomStatus is not null, "the status");
        string order = (await hub.Client.GetInstanceAsync("case-1"))!.SerializedCustomStatus!.Trim('"');

        await hub.StartAsync(code);
        await hub.Client.RaiseEventAsync("case-1", "same", order);

        Assert.Equal("same", await hub.OutputAsync());
    }
}
