using Orchestrator.Agents.Durability;
using Orchestrator.Conformance.Tests.Targets;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.Tests.Facts;

public abstract class ManagementFacts(IConformanceTarget target) : ConformanceFacts(target)
{
    [Fact]
    public async Task Suspended_Instance_KeepsEventsUntilItIsResumed()
    {
        string id = await StartWaitingAsync(Names.Waits, "go");
        await Client.SuspendInstanceAsync(id, "held");
        await ReachesAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "go", "kept");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await Client.GetInstanceAsync(id))!.RuntimeStatus);

        await Client.ResumeInstanceAsync(id, "on");

        Assert.Equal("kept", await OutputAsync(id));
    }

    [Fact]
    public async Task Terminated_Instance_EndsWithItsReason()
    {
        string id = await StartWaitingAsync(Names.Waits, "go");
        await Client.TerminateInstanceAsync(id, "not wanted");

        OrchestrationMetadata end = await EndAsync(id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"not wanted\""), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Fact]
    public virtual async Task Rewound_Instance_DoesItsFailedStepAgainAndNoOther()
    {
        string key = NewId();
        string id = await StartAsync(Names.Mended, key);
        await FailureAsync(id);
        await RunAsync(Names.Mend, key);

        await Client.RewindInstanceAsync(id, "mended");

        await ReachesAsync(id, OrchestrationRuntimeStatus.Completed);
        Assert.Equal("1 mended", await OutputAsync(id));
    }

    [Fact]
    public async Task Rewind_OfWhatHasNotFailed_IsRefused()
    {
        string running = await StartWaitingAsync(Names.Waits, "go");
        string completed = await StartAsync(Names.Echo, "x");
        await OutputAsync(completed);

        await Assert.ThrowsAsync<InstanceNotFailedException>(() => Client.RewindInstanceAsync(running, "why"));
        await Assert.ThrowsAsync<InstanceNotFailedException>(() => Client.RewindInstanceAsync(completed, "why"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => Client.RewindInstanceAsync(NewId(), "why"));
    }

    [Fact]
    public async Task CustomStatus_IsShownAndFound()
    {
        string id = await StartWaitingAsync(Names.Publishes, $"ch_{Prefix} cus_{Prefix}");
        string other = await StartWaitingAsync(Names.Publishes, $"ch_{Prefix}x cus_{Prefix}");
        await PublishesAsync(id, "waiting");
        await PublishesAsync(other, "waiting");

        Assert.Equal([id], await ListAsync(new() { BusinessId = $"ch_{Prefix}" }));
        Assert.Equal([id, other], (await ListAsync(new() { BusinessId = $"cus_{Prefix}" })).Order(StringComparer.Ordinal));
        Assert.Equal([id, other], (await ListAsync(Ours() with { CustomStatus = new("phase", "waiting") })).Order(StringComparer.Ordinal));
        Assert.Empty(await ListAsync(new() { BusinessId = $"re_{Prefix}" }));
        await Client.RaiseEventAsync(id, "go", $"re_{Prefix}");
        await OutputAsync(id);
        Assert.Equal([id], await ListAsync(new() { BusinessId = $"re_{Prefix}" }));
        Assert.Equal([other], await ListAsync(Ours() with { CustomStatus = new("phase", "waiting") }));
    }

    [Fact]
    public async Task Query_ByEachFieldAndOverPages_GivesWhatFits()
    {
        List<string> all = [];
        for (int number = 0; number < 7; number++)
        {
            all.Add(await StartWaitingAsync(Names.Waits, "go"));
        }

        await Client.RaiseEventAsync(all[3], "go", "x");
        await OutputAsync(all[3]);
        DateTimeOffset from = (await Client.GetInstanceAsync(all[0]))!.CreatedAt.AddSeconds(-1);

        List<string> paged = [];
        string? token = null;
        int pages = 0;
        do
        {
            // Each page from its token alone, as another process would.
            await foreach (Page<OrchestrationMetadata> page in Client.GetAllInstancesAsync(Ours()).AsPages(token, 3))
            {
                paged.AddRange(page.Values.Select(one => one.InstanceId));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null && ++pages < 50);

        Assert.Equal(all.Order(StringComparer.Ordinal), paged.Order(StringComparer.Ordinal));
        Assert.Equal([all[3]], await ListAsync(Ours() with { Statuses = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed] }));
        Assert.Equal(7, (await ListAsync(Ours() with { Name = Names.Waits, CreatedFrom = from })).Count);
        Assert.Empty(await ListAsync(Ours() with { Name = Names.Echo }));
        Assert.Empty(await ListAsync(Ours() with { CreatedTo = from }));
        Assert.Equal("\"x\"", (await Client.GetAllInstancesAsync(Ours() with { Statuses = [OrchestrationRuntimeStatus.Completed], FetchInputsAndOutputs = true }).SingleAsync()).SerializedOutput);
    }

    [Fact]
    public async Task Purge_TakesEndedInstancesAlone()
    {
        string waits = await StartWaitingAsync(Names.Waits, "go");
        string ended = await StartAsync(Names.Echo, "x");
        await OutputAsync(ended);

        Assert.Equal(0, (await Client.PurgeInstanceAsync(waits)).PurgedInstanceCount);
        Assert.Equal(0, (await Client.PurgeInstanceAsync(NewId())).PurgedInstanceCount);
        Assert.Equal(1, (await Client.PurgeInstanceAsync(ended)).PurgedInstanceCount);
        Assert.Null(await Client.GetInstanceAsync(ended));
        await Client.RaiseEventAsync(waits, "go", "alive");
        Assert.Equal("alive", await OutputAsync(waits));
    }

    [Fact]
    public virtual async Task PurgeAll_HonoursItsFilter()
    {
        string failed = await StartAsync(Names.Fails, "x");
        await FailureAsync(failed);
        string waits = await StartWaitingAsync(Names.Waits, "go");
        string completed = await StartAsync(Names.Echo, "x");
        await OutputAsync(completed);
        DateTimeOffset from = (await Client.GetInstanceAsync(failed))!.CreatedAt.AddSeconds(-1);

        Assert.Equal(0, (await Client.PurgeAllInstancesAsync(new(CreatedTo: new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)))).PurgedInstanceCount);
        Assert.True((await Client.PurgeAllInstancesAsync(new(CreatedFrom: from, Statuses: [OrchestrationRuntimeStatus.Completed]))).PurgedInstanceCount >= 1);

        Assert.Equal([failed, waits], (await ListAsync(Ours())).Order(StringComparer.Ordinal));
    }

    private OrchestrationQuery Ours() => new() { InstanceIdPrefix = Prefix };

    private async Task<List<string>> ListAsync(OrchestrationQuery query) => await Client.GetAllInstancesAsync(query).Select(one => one.InstanceId).ToListAsync();
}
