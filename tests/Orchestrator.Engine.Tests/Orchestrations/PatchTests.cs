namespace Orchestrator.Engine.Tests.Orchestrations;

/// <summary>Cases in flight finish on the way they began, also under code that has another.</summary>
public sealed class PatchTests
{
    private const string Patch = "asks-before-it-acts";

    [Fact]
    public async Task IsPatched_NewInstance_TakesTheNewWayAndKeepsItOverRestarts()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(New());
        await hub.StartInstanceAsync("case", "", "case-1");
        await WaitsAsync(hub, "case-1", calls: 2);

        await hub.StartAsync(New());
        await hub.Client.RaiseEventAsync("case-1", "go", "");

        Assert.Equal("ask act tell new", await hub.OutputAsync("case-1"));
        Assert.Single(await hub.KindsAsync("case-1"), kind => kind == "PatchTaken");
    }

    [Fact]
    public async Task IsPatched_InFlightUnderOlderCode_KeepsTheOldWayToItsEnd()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Old());
        await hub.StartInstanceAsync("case", "", "case-1");
        await WaitsAsync(hub, "case-1", calls: 1);

        await hub.StartAsync(New());
        await hub.StartAsync(New());
        await hub.Client.RaiseEventAsync("case-1", "go", "");

        Assert.Equal("act tell", await hub.OutputAsync("case-1"));
        Assert.DoesNotContain("PatchTaken", await hub.KindsAsync("case-1"));
    }

    [Fact]
    public async Task IsPatched_AskedOnlyBeyondWhatHistoryHas_TakesTheNewWayFromThere()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Acts().Orchestrator("case", async (context, _) => await context.Call("act") + await context.Event("go")));
        await hub.StartInstanceAsync("case", "", "case-1");
        await WaitsAsync(hub, "case-1", calls: 1);

        Code later = new Code().Acts().Orchestrator("case", async (context, _) =>
        {
            string acted = await context.Call("act") + await context.Event("go");
            return context.IsPatched(Patch) ? acted + await context.Call("tell") : acted;
        });
        await hub.StartAsync(later);
        await hub.Client.RaiseEventAsync("case-1", "go", "");

        Assert.Equal("act tell", await hub.OutputAsync("case-1"));
    }

    [Fact]
    public async Task IsPatched_RunBegunAnew_AsksAnew()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Looping(patched: false));
        await hub.StartInstanceAsync("case", "2", "case-1");
        await WaitsAsync(hub, "case-1", calls: 1);

        await hub.StartAsync(Looping(patched: true));
        await hub.Client.RaiseEventAsync("case-1", "go", "");
        await hub.Client.RaiseEventAsync("case-1", "go", "");

        Assert.Equal("patched", await hub.OutputAsync("case-1"));
    }

    private static Code Old() => new Code().Acts().Orchestrator("case", async (context, _) =>
    {
        string acted = await context.Call("act");
        await context.Event("go");
        return acted + await context.Call("tell");
    });

    private static Code New() => new Code().Acts().Orchestrator("case", async (context, _) =>
    {
        string asked = context.IsPatched(Patch) ? await context.Call("ask") : "";
        string acted = await context.Call("act");
        await context.Event("go");
        return asked + acted + await context.Call("tell") + (context.IsPatched(Patch) ? " new" : "");
    });

    private static Code Looping(bool patched) => new Code().Acts().Orchestrator("case", async (context, runs) =>
    {
        bool taken = patched && context.IsPatched(Patch);
        await context.Call("act");
        await context.Event("go");
        if (runs != "1")
        {
            context.ContinueAsNew("1");
        }

        return taken ? "patched" : "as before";
    });

    private static Task WaitsAsync(TaskHubFolder hub, string id, int calls) => TaskHubFolder.EventuallyAsync(
        async () => (await hub.KindsAsync(id)).Count(kind => kind == "TaskCompleted") == calls, $"{id} made {calls} calls and waits");
}

file static class ActingCode
{
    public static Code Acts(this Code code) => code.Activity("ask", _ => "ask ").Activity("act", _ => "act ").Activity("tell", _ => "tell");
}
