using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Integrity;

/// <summary>Acknowledged rows that are gone are named, and nothing runs without them unasked.</summary>
public sealed class LossTests
{
    private static readonly Code Code = new Code().Orchestrator("wait", async (context, _) => await context.Event("go"));

    [Fact]
    public async Task OlderCopyPutInPlace_IsRefusedWithWhatIsLost()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait", id: "case-1");
        await hub.StopAsync();
        File.Copy(hub.Path, hub.Path + "-old");
        await hub.StartAsync(Code);
        await hub.Client.RaiseEventAsync("case-1", "other", "1");
        await hub.StartInstanceAsync("wait", id: "case-2");
        await hub.StopAsync();
        File.Copy(hub.Path + "-old", hub.Path, overwrite: true);

        TaskHubDamagedException refused = await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code));
        Assert.Equal((false, 2L), (refused.Report.IsIntact, refused.Report.FirstDamaged));
        Assert.Equal(["case-1", "case-2"], refused.Report.Instances.Select(instance => instance.InstanceId));
        Assert.Equal(["EventRaised (row 2) is lost"], refused.Report.Instances[0].What);
        Assert.Equal(["ExecutionStarted (row 3) is lost"], refused.Report.Instances[1].What);
        Assert.Contains("The last 2 acknowledged rows of history, from row 2 to row 3, are lost", refused.Message, StringComparison.Ordinal);
        Assert.Contains("hub verify --accept-loss", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    [InlineData(0.95)]
    public async Task LogCut_OrGone_IsRefused(double kept)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        foreach (int number in Enumerable.Range(0, 20))
        {
            await hub.StartInstanceAsync("wait", id: $"case-{number}");
        }

        await using TaskHubFolder copy = new();
        byte[] log = Copy(hub.Path, copy.Path);
        File.Delete(copy.Path + "-wal");
        if (kept > 0)
        {
            await File.WriteAllBytesAsync(copy.Path + "-wal", log[..(int)(log.Length * kept)]);
        }

        TaskHubDamagedException refused = await Assert.ThrowsAsync<TaskHubDamagedException>(() => copy.StartAsync(Code));
        Assert.Contains("case-19", refused.Report.Instances.Select(instance => instance.InstanceId));
        Assert.Equal(0, refused.Report.UnnamedRows);
        Assert.Equal(kept > 0, new FileInfo(copy.Path + "-wal") is { Exists: true, Length: > 0 });

        // Nothing was changed by looking: the second look finds the same.
        Assert.Equal(refused.Message, (await Assert.ThrowsAsync<TaskHubDamagedException>(() => copy.StartAsync(Code))).Message);
        if (kept == 0)
        {
            await File.WriteAllBytesAsync(copy.Path + "-wal", log);
            await copy.StartAsync(Code);
        }
    }

    [Fact]
    public async Task WitnessGone_Damaged_OrOlder_IsRefused()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait", id: "case-1");
        await hub.StopAsync();
        byte[] old = await File.ReadAllBytesAsync(hub.Path + "-witness");
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait", id: "case-2");
        await hub.StartInstanceAsync("wait", id: "case-3");
        await hub.StopAsync();
        byte[] current = await File.ReadAllBytesAsync(hub.Path + "-witness");

        File.Delete(hub.Path + "-witness");
        Assert.Contains("missing or damaged", await RefusalAsync(hub), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(hub.Path + "-witness", new byte[100]);
        Assert.Contains("missing or damaged", await RefusalAsync(hub), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(hub.Path + "-witness", old);
        Assert.Contains("2 commits behind", await RefusalAsync(hub), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(hub.Path + "-witness", current);
        await hub.StartAsync(Code);
    }

    [Fact]
    public async Task WitnessOfAnotherHub_IsRefused()
    {
        await using TaskHubFolder hub = new();
        await using TaskHubFolder other = new();
        foreach (TaskHubFolder folder in (TaskHubFolder[])[hub, other])
        {
            await folder.StartAsync(Code);
            await folder.StartInstanceAsync("wait");
            await folder.StopAsync();
        }

        File.Copy(other.Path + "-witness", hub.Path + "-witness", overwrite: true);
        Assert.Contains("belongs to another task hub", await RefusalAsync(hub), StringComparison.Ordinal);
        File.Delete(hub.Path);
        Assert.Contains("All acknowledged history is lost (1 rows)", await RefusalAsync(hub), StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(TaskHubFolder hub) =>
        (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(Code))).Message;

    /// <summary>The files as a crash would leave them. Gives the write-ahead log.</summary>
    private static byte[] Copy(string from, string to)
    {
        foreach (string suffix in (string[])["", "-wal", "-witness"])
        {
            using FileStream source = new(from + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream target = new(to + suffix, FileMode.Create);
            source.CopyTo(target);
        }

        return File.ReadAllBytes(to + "-wal");
    }
}
