using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Integrity;

/// <summary>What is not as it was written is found at its place, and nothing runs on it.</summary>
public sealed class DamageTests
{
    internal static readonly Code Code = new Code()
        .Activity("echo", input => input)
        .Orchestrator("child", async (context, input) => await context.Call("echo", input))
        .Orchestrator("parent", async (context, input) => await context.Child("child", input) + await context.Event("go"))
        .Orchestrator("again", async (context, input) =>
        {
            string next = await context.Event("go");
            if (next != "end")
            {
                context.ContinueAsNew(next);
            }

            return next;
        })
        .Orchestrator("wait", async (context, _) => await context.Event("go"));

    [Theory]
    [InlineData("UPDATE history SET payload = '\"9999\"' WHERE position = 3", 3, "row 3 was changed")]
    [InlineData("UPDATE history SET time = time + 1 WHERE position = 2", 2, "row 2 was changed")]
    [InlineData("UPDATE history SET hash = zeroblob(32) WHERE position = 2", 2, "row 2 was changed")]
    [InlineData("DELETE FROM history WHERE position = 4", 4, "row 4 is missing")]
    [InlineData("DELETE FROM history WHERE position BETWEEN 2 AND 4", 2, "rows 2 to 4 are missing")]
    [InlineData("UPDATE history SET position = 100 WHERE position = 2; UPDATE history SET position = 2 WHERE position = 3; UPDATE history SET position = 3 WHERE position = 100", 2, "row 2 was changed")]
    [InlineData("DELETE FROM history WHERE position = 6", 6, "row 6, is lost")]
    [InlineData("UPDATE hub SET head_position = 5", 6, "row 6, is lost")]
    [InlineData("UPDATE hub SET head_hash = zeroblob(32)", 6, "head of history")]
    [InlineData("UPDATE hub SET commits = 2", null, "count of its commits")]
    [InlineData("INSERT INTO history SELECT 7, instance, kind, time, task_id, name, payload, reference, digest, hash FROM history WHERE position = 6", 7, "behind the recorded head")]
    [InlineData("DELETE FROM hub", null, "own row is missing")]
    public async Task HistoryTampered_IsRefusedWithItsRow(string sql, int? row, string finding)
    {
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        Execute(hub.Path, sql);

        TaskHubDamagedException refused = await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code));
        Assert.Equal((false, (long?)row), (refused.Report.IsIntact, refused.Report.FirstDamaged));
        Assert.Contains(finding, refused.Message, StringComparison.Ordinal);
        IntegrityReport offline = await new TaskHubMaintenance(hub.Path, hub.Clock).VerifyAsync();
        Assert.Equal((refused.Report.Finding, refused.Report.FirstDamaged), (offline.Finding, offline.FirstDamaged));
    }

    [Fact]
    public async Task ChangedAndMissingRows_AreEachFound_AndNameTheirInstances()
    {
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2; DELETE FROM history WHERE position = 5");

        IntegrityReport report = (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code))).Report;
        Assert.Equal(
            ["case-1: EventRaised (row 2) was changed", "case-3: ExecutionStarted (row 5) is missing, has no start in history"],
            report.Instances.Select(instance => $"{instance.InstanceId}: {string.Join(", ", instance.What)}"));
        Assert.Equal(0, report.UnnamedRows);
    }

    [Theory]
    [InlineData("UPDATE instances SET status = 3 WHERE id = 'case-1'", "case-1", "is Running in history, not Completed")]
    [InlineData("UPDATE instances SET id = 'case-9' WHERE id = 'case-1'", "case-9", "is 'case-1' of 'wait' in history")]
    [InlineData("UPDATE instances SET name = 'child' WHERE id = 'case-1'", "case-1", "not 'child'")]
    [InlineData("UPDATE instances SET run = 1 WHERE id = 'case-1'", "case-1", "is in run 0 in history")]
    [InlineData("UPDATE instances SET parent = NULL, parent_run = NULL, parent_task = NULL WHERE name = 'child'", "child", "has another parent")]
    [InlineData("UPDATE instances SET parent = 1 WHERE name = 'child'", "child", "has another parent")]
    [InlineData("UPDATE instances SET status = 1, end_position = NULL WHERE name = 'child'", "child", "is Completed in history, not Running")]
    [InlineData("DELETE FROM instances WHERE id = 'case-1'", "case-1", "is gone from the instances")]
    [InlineData("INSERT INTO instances (key, id, name, status, created, run, run_start) VALUES (99, 'made up', 'wait', 1, 0, 0, 1)", "made up", "has no start in history")]
    public async Task InstanceTampered_IsRefusedWithItsId(string sql, string id, string finding)
    {
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("parent", "x", "case-4");
        await hub.RecordedAsync("SubOrchestrationInstanceCompleted", id: "case-4");
        await hub.StopAsync();
        Execute(hub.Path, sql);

        IntegrityReport report = (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code))).Report;
        InstanceDamage damage = Assert.Single(report.Instances);
        Assert.Contains(finding, damage.What.Single(), StringComparison.Ordinal);
        Assert.True(damage.InstanceId == id || id == "child", damage.InstanceId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task LivesOfEveryKind_AreIntact_AlsoTheirLastRowsAlone(long verifiedBelow)
    {
        EngineOptions Bounded(EngineOptions options) => options with { VerifiedBelow = verifiedBelow };
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        await hub.StartAsync(Code, Bounded);
        await hub.StartInstanceAsync("parent", "x", "parent");
        await hub.StartInstanceAsync("again", "", "again");
        foreach (string next in (string[])["1", "2"])
        {
            await hub.Client.RaiseEventAsync("again", "go", next);
            await TaskHubFolder.EventuallyAsync(async () => (await hub.Client.GetOrchestrationHistoryAsync("again"))[0].Payload == $"\"{next}\"", next);
        }

        await hub.Client.SuspendInstanceAsync("case-1");
        await hub.Client.TerminateInstanceAsync("case-2");
        await hub.Client.SuspendInstanceAsync("case-3");
        await hub.Client.ResumeInstanceAsync("case-3");
        await hub.Client.RaiseEventAsync("parent", "go", "!");
        await hub.OutputAsync("parent");
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("parent")).PurgedInstanceCount);

        await hub.StartAsync(Code, Bounded);
        IntegrityReport report = await hub.Engine.VerifyAsync();
        Assert.True(report.IsIntact, report.Finding);
        await hub.StopAsync();
        Assert.Equal(report.Finding, (await new TaskHubMaintenance(hub.Path, hub.Clock).VerifyAsync()).Finding);
    }

    [Fact]
    public async Task DamageFarFromTheEnd_StopsTheEngineThatVerifiesAfterItsStart()
    {
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        await hub.StartAsync(Code);
        await Task.WhenAll(Enumerable.Range(0, 2_600).Select(number => hub.Client.RaiseEventAsync("case-2", "other", $"{number}")));
        await Task.WhenAll(Enumerable.Range(0, 2_600).Select(number => hub.Client.RaiseEventAsync("case-3", "other", $"{number}")));
        await hub.StopAsync();
        Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2");

        await hub.StartAsync(Code, options => options with { VerifiedBelow = 100 });
        TaskHubStoppedException stopped = await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Engine.Stopped.WaitAsync(TaskHubFolder.Patience));
        TaskHubDamagedException damage = Assert.IsType<TaskHubDamagedException>(stopped.InnerException);
        Assert.Equal((2, "case-1"), (damage.Report.FirstDamaged, damage.Report.Instances.Single().InstanceId));
        await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Client.RaiseEventAsync("case-1", "go", "x"));
    }

    [Theory]
    [InlineData(0, "no longer a SQLite database")]
    [InlineData(4_096 + 100, "")]
    [InlineData(-5_000, "")]
    public async Task BytesOfTheFileOverwritten_AreRefused_AndCannotBeAccepted(int at, string finding)
    {
        await using TaskHubFolder hub = await ThreeWaitingAsync();
        byte[] file = await File.ReadAllBytesAsync(hub.Path);
        int from = at < 0 ? file.Length + at : at;
        file.AsSpan(from, Math.Min(4_000, file.Length - from)).Fill(0xA5);
        await File.WriteAllBytesAsync(hub.Path, file);

        TaskHubDamagedException refused = await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code));
        Assert.Contains(finding, refused.Message, StringComparison.Ordinal);
        Assert.False(refused.Report.CanBeAccepted, refused.Message);
        Assert.DoesNotContain("--accept-loss", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TaskHubDamagedException>(() => new TaskHubMaintenance(hub.Path, hub.Clock).AcceptAsync("A", "because"));
        Assert.Equal(file, await File.ReadAllBytesAsync(hub.Path));
    }

    /// <summary>Six rows: three instances with an event each.</summary>
    internal static async Task<TaskHubFolder> ThreeWaitingAsync()
    {
        TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        foreach (string id in (string[])["case-1", "case-2", "case-3"])
        {
            await hub.StartInstanceAsync("wait", id: id);
            await hub.Client.RaiseEventAsync(id, "other", "10");
        }

        Assert.Equal("History is intact: 6 rows.", (await hub.Engine.VerifyAsync()).Finding);
        await hub.StopAsync();
        return hub;
    }

    internal static void Execute(string path, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(path);
        database.Execute(sql);
    }
}
