using System.Collections.Concurrent;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Integrity;

/// <summary>Fault test 19.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task BackupUnderLoad_Restored_HoldsAllThatWasAcknowledgedBefore_AndOneEffectPerKey()
    {
        ConcurrentDictionary<string, int> ledger = new();
        Code code = new Code()
            .Activity("refund", key =>
            {
                // The other side honours the key.
                ledger.TryAdd(key, 1);
                return $"refunded {key}";
            })
            .Orchestrator("case", async (context, id) => await context.Event("go") + await context.Call("refund", $"key-{id}"));
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code);
        string backup = hub.Path + "-backup";
        using CancellationTokenSource enough = new();
        int started = 0;
        Task load = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                int number = Interlocked.Increment(ref started);
                await hub.StartInstanceAsync("case", $"{number}", $"case-{number}");
                await hub.Client.RaiseEventAsync($"case-{number}", "go", "on ");
                await hub.OutputAsync($"case-{number}");
            }
        })));
        await TaskHubFolder.EventuallyAsync(() => Task.FromResult(ledger.Count >= 200), "load");
        string[] before = [.. ledger.Keys];

        BackupReport report = await hub.Engine.BackupAsync(backup);
        await enough.CancelAsync();
        await load;
        await hub.StopAsync();
        Assert.Equal(report.Rows, (await TaskHubMaintenance.VerifyBackupAsync(backup)).Rows);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }

        RestoreReport restored = await new TaskHubMaintenance(hub.Path, hub.Clock).RestoreAsync(backup, "Ada", "a drill");
        Assert.True(restored.ReplacedRows >= restored.Rows);
        Assert.All(restored.MovedAside, file => Assert.True(File.Exists(file), file));
        await hub.StartAsync(code);
        List<OrchestrationMetadata> all = [];
        await foreach (OrchestrationMetadata instance in hub.Client.GetAllInstancesAsync(new OrchestrationQuery()))
        {
            all.Add(instance);
        }

        Assert.Superset(before.Select(key => "case" + key[3..]).ToHashSet(), all.Select(instance => instance.InstanceId).ToHashSet());
        foreach (OrchestrationMetadata waiting in all.Where(instance => instance.RuntimeStatus < OrchestrationRuntimeStatus.Completed))
        {
            try
            {
                await hub.Client.RaiseEventAsync(waiting.InstanceId, "go", "on ");
            }
            catch (InstanceCompletedException)
            {
                // Its event was in the backup.
            }
        }

        foreach (OrchestrationMetadata instance in all)
        {
            Assert.Equal($"on refunded key-{instance.InstanceId[5..]}", await hub.OutputAsync(instance.InstanceId));
        }

        Assert.All(ledger.Values, times => Assert.Equal(1, times));
        IntegrityReport verified = await hub.Engine.VerifyAsync();
        Assert.True(verified.IsIntact, verified.Finding);
    }

    [Fact]
    public async Task Restore_SaysSoInHistory_AndTheHubGoesOnFromThere()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        string backup = hub.Path + "-backup";
        Assert.Equal(6, (await maintenance.BackupAsync(backup)).Rows);
        await hub.StartAsync(DamageTests.Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "forgotten");
        await hub.OutputAsync("case-1");
        await Assert.ThrowsAsync<TaskHubInUseException>(() => maintenance.RestoreAsync(backup, "Ada", "too early"));
        await hub.StopAsync();

        Assert.Equal((6L, 8L), ((await maintenance.RestoreAsync(backup, "Ada", "back to before")) is var done ? (done.Rows, done.ReplacedRows!.Value) : default));
        await hub.StartAsync(DamageTests.Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        Assert.Equal("on", await hub.OutputAsync("case-1"));
        await hub.StopAsync();
        using SqliteDatabase database = SqliteDatabase.OpenForReading(hub.Path);
        SqliteStatement row = database.Prepare("SELECT kind, payload FROM history WHERE position = 7");
        Assert.True(row.Step());
        Assert.Equal(HistoryKind.HubRestored, (HistoryKind)row.Int64(0));
        Assert.Contains("\"who\":\"Ada\",\"reason\":\"back to before\",\"backup\":\"hub.db-backup\",\"row\":6,\"replaced\":8", row.Text(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreOverADamagedHub_MendsIt()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        string backup = hub.Path + "-backup";
        await maintenance.BackupAsync(backup);
        await File.WriteAllTextAsync(hub.Path, string.Concat(Enumerable.Repeat("no database ", 500)));
        await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(DamageTests.Code));

        Assert.Null((await maintenance.RestoreAsync(backup, "Ada", "the disk died")).ReplacedRows);
        await hub.StartAsync(DamageTests.Code);
    }

    [Fact]
    public async Task Restore_OfADamagedOrForeignFile_ChangesNothing()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        string backup = hub.Path + "-backup";
        await maintenance.BackupAsync(backup);
        DamageTests.Execute(backup, "UPDATE history SET payload = 'x' WHERE position = 2");
        string[] before = Directory.GetFiles(Path.GetDirectoryName(hub.Path)!);

        await Assert.ThrowsAsync<TaskHubDamagedException>(() => maintenance.RestoreAsync(backup, "Ada", "try"));
        await File.WriteAllTextAsync(backup, "text");
        await Assert.ThrowsAsync<TaskHubVersionException>(() => maintenance.RestoreAsync(backup, "Ada", "try"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => maintenance.RestoreAsync(backup + "-none", "Ada", "try"));
        Assert.Equal(before.Order(), Directory.GetFiles(Path.GetDirectoryName(hub.Path)!).Order());
        await hub.StartAsync(DamageTests.Code);
    }

    [Fact]
    public async Task Backup_OverAFile_OrOfADamagedHub_IsRefusedAndLeavesNothing()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        TaskHubMaintenance maintenance = new(hub.Path, hub.Clock);
        await maintenance.BackupAsync(hub.Path + "-1");
        await Assert.ThrowsAsync<IOException>(() => maintenance.BackupAsync(hub.Path + "-1"));
        DamageTests.Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2");
        await Assert.ThrowsAsync<TaskHubDamagedException>(() => maintenance.BackupAsync(hub.Path + "-2"));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(hub.Path)!, "*-2*"));
    }
}
