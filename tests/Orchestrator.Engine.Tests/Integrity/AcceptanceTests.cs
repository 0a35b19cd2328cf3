using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Integrity;

public sealed class AcceptanceTests
{
    [Fact]
    public async Task LostEnd_Accepted_RunsOnAndIsRemembered()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        File.Copy(hub.Path, hub.Path + "-old");
        await hub.StartAsync(DamageTests.Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "lost");
        await hub.OutputAsync("case-1");
        await hub.StopAsync();
        File.Copy(hub.Path + "-old", hub.Path, overwrite: true);
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);

        IntegrityReport found = await maintenance.AcceptAsync("Ada", "the disk died");
        Assert.Equal((false, "case-1"), (found.IsIntact, found.Instances.Single().InstanceId));

        await hub.StartAsync(DamageTests.Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "again");
        Assert.Equal("again", await hub.OutputAsync("case-1"));
        IntegrityReport after = await hub.Engine.VerifyAsync();
        Assert.True(after.IsIntact, after.Finding);
        Assert.Equal(new AcceptedDamage(7, hub.Clock.GetUtcNow(), "Ada", "the disk died", found.Finding), after.Accepted.Single());
        Assert.Contains("accepted 1 time", after.Finding, StringComparison.Ordinal);
        await hub.StartAsync(DamageTests.Code);
    }

    [Fact]
    public async Task HoleInHistory_Accepted_EndsItsInstancesAndRunsTheOthers()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        DamageTests.Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2; DELETE FROM history WHERE position = 4");
        await new TaskHubMaintenance(hub.Path, hub.Clock).AcceptAsync("Ada", "a cosmic ray");

        await hub.StartAsync(DamageTests.Code);
        foreach (string id in (string[])["case-1", "case-2"])
        {
            OrchestrationMetadata ended = (await hub.Client.GetInstanceAsync(id, true))!;
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
            Assert.Contains("Its history is damaged, and a person accepted that.", ended.SerializedOutput, StringComparison.Ordinal);
            Assert.DoesNotContain("a cosmic ray", ended.SerializedOutput, StringComparison.Ordinal);
        }

        await hub.Client.RaiseEventAsync("case-3", "go", "on");
        Assert.Equal("on", await hub.OutputAsync("case-3"));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }

    [Theory]
    [InlineData("UPDATE history SET payload = 'y' WHERE position = 2", 2)]
    [InlineData("UPDATE history SET payload = 'y' WHERE position = 3", 3)]
    [InlineData("DELETE FROM history WHERE position = 5", 4)]
    public async Task DamageAfterAnAcceptance_IsNotCoveredByIt(string sql, long row)
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        DamageTests.Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2; DELETE FROM history WHERE position = 4");
        await maintenance.AcceptAsync("Ada", "first");
        Assert.True((await maintenance.VerifyAsync()).IsIntact);

        DamageTests.Execute(hub.Path, sql);
        Assert.Equal(row, (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(DamageTests.Code))).Report.FirstDamaged);
        await maintenance.AcceptAsync("Ada", "second");
        Assert.Equal(["first", "second"], (await maintenance.VerifyAsync()).Accepted.Select(accepted => accepted.Reason));
        await hub.StartAsync(DamageTests.Code);
    }

    [Fact]
    public async Task EverythingLost_OrNoWitness_Accepted_BeginsThere()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        File.Delete(hub.Path + "-witness");
        Assert.Contains("missing or damaged", (await maintenance.AcceptAsync("Ada", "moved here by hand")).Finding, StringComparison.Ordinal);
        await hub.StartAsync(DamageTests.Code);
        await hub.StopAsync();

        File.Delete(hub.Path);
        Assert.Contains("All acknowledged history is lost", (await maintenance.VerifyAsync()).Finding, StringComparison.Ordinal);
        await maintenance.AcceptAsync("Ada", "start over");
        await hub.StartAsync(DamageTests.Code);
        Assert.Equal("on", await RunAsync(hub));
    }

    [Fact]
    public async Task IntactHub_HasNothingToAccept()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        Assert.True((await maintenance.AcceptAsync("Ada", "just in case")).IsIntact);
        Assert.Equal((6L, 0), ((await maintenance.VerifyAsync()).Rows, (await maintenance.VerifyAsync()).Accepted.Count));

        await hub.StartAsync(DamageTests.Code);
        await Assert.ThrowsAsync<TaskHubInUseException>(() => maintenance.VerifyAsync());
        await Assert.ThrowsAsync<FileNotFoundException>(() => new TaskHubMaintenance(hub.Path + "-none", hub.Clock).VerifyAsync());
    }

    private static async Task<string> RunAsync(TaskHubFolder hub)
    {
        await hub.StartInstanceAsync("wait", id: "case-1");
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        return await hub.OutputAsync("case-1");
    }
}
