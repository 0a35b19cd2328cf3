using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Client;

public sealed class BusinessIdTests
{
    private static readonly Code Code = new Code()
        .Orchestrator("case", async (context, input) =>
        {
            context.SetCustomStatus(new Status("waiting", input.Split(' ')));
            context.SetCustomStatus(new Status(await context.Event("go"), [.. input.Split(' '), "re_late"]));
            return await context.Event("end");
        });

    [Fact]
    public async Task Query_ByBusinessIdOrProperty_FindsWhatTheStatusSaysNowAndAfterARestart()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("case", "ch_1 cus_1", "case-1");
        await hub.StartInstanceAsync("case", "ch_2 cus_1", "case-2");
        await hub.StartInstanceAsync("case", "ch_3 é\"\\", "case-3");
        await hub.Client.RaiseEventAsync("case-2", "go", "moving");
        await TaskHubFolder.EventuallyAsync(async () => await IdsAsync(hub, BusinessId("re_late")) is ["case-2"], "the second status");
        await TaskHubFolder.EventuallyAsync(async () => (await IdsAsync(hub, Property("phase", "waiting"))).Count == 2, "the others' status");

        for (int start = 0; start < 2; start++)
        {
            Assert.Equal(["case-2", "case-1"], await IdsAsync(hub, BusinessId("cus_1")));
            Assert.Equal(["case-1"], await IdsAsync(hub, BusinessId("ch_1")));
            Assert.Equal(["case-3"], await IdsAsync(hub, BusinessId("é\"\\")));
            Assert.Empty(await IdsAsync(hub, BusinessId("CH_1")));
            Assert.Empty(await IdsAsync(hub, BusinessId("waiting")));
            Assert.Equal(["case-3", "case-1"], await IdsAsync(hub, Property("phase", "waiting") with { PageSize = 1 }));
            Assert.Equal(["case-2"], await IdsAsync(hub, Property("phase", "moving") with { Name = "case", Statuses = [OrchestrationRuntimeStatus.Running] }));
            Assert.Equal(["case-3"], await IdsAsync(hub, Property("businessIds", "é\"\\")));
            Assert.Empty(await IdsAsync(hub, Property("nothing", "waiting")));
            Assert.Empty(await IdsAsync(hub, BusinessId("cus_1") with { Statuses = [OrchestrationRuntimeStatus.Completed] }));
            await hub.StartAsync(Code);
        }
    }

    [Fact]
    public async Task Purge_TakesBusinessIdsAlong()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("case", "ch_secret");
        await TaskHubFolder.EventuallyAsync(async () => (await IdsAsync(hub, BusinessId("ch_secret"))).Count == 1, "the status");
        await hub.Client.TerminateInstanceAsync("case-1");

        await hub.Client.PurgeInstanceAsync("case-1");

        Assert.Empty(await IdsAsync(hub, BusinessId("ch_secret")));
        await hub.StopAsync();
        using SqliteDatabase database = SqliteDatabase.OpenForReading(hub.Path);
        Assert.Equal(0, database.Scalar("SELECT count(*) FROM business_ids"));
    }

    [Fact]
    public async Task HubOfVersion1_IsGivenItsIndexOnceAndGoesOn()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("case", "ch_1 cus_1");
        await TaskHubFolder.EventuallyAsync(async () => (await IdsAsync(hub, BusinessId("ch_1"))).Count == 1, "the status");
        await hub.StopAsync();
        Integrity.UpgradeTests.DowngradeToVersion1(hub.Path);

        await hub.StartAsync(Code);
        Assert.Equal(["case-1"], await IdsAsync(hub, BusinessId("cus_1")));
        await hub.Client.RaiseEventAsync("case-1", "go", "x");
        await hub.Client.RaiseEventAsync("case-1", "end", "done");
        Assert.Equal("done", await hub.OutputAsync());
        await hub.StartAsync(Code);
        Assert.Equal(["case-1"], await IdsAsync(hub, BusinessId("re_late")));
    }

    private static OrchestrationQuery BusinessId(string id) => new() { BusinessId = id };

    private static OrchestrationQuery Property(string property, string value) => new() { CustomStatus = new(property, value) };

    private static async Task<IReadOnlyList<string>> IdsAsync(TaskHubFolder hub, OrchestrationQuery query) =>
        await hub.Client.GetAllInstancesAsync(query).Select(instance => instance.InstanceId).ToListAsync();

    private sealed record Status(
        [property: System.Text.Json.Serialization.JsonPropertyName("phase")] string Phase,
        [property: System.Text.Json.Serialization.JsonPropertyName("businessIds")] IReadOnlyList<string> BusinessIds);
}
