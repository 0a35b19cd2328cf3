using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Integrity;

public sealed class UpgradeTests
{
    [Fact]
    public async Task FileOfVersionOne_IsUpgradedAndWitnessedFromThenOn()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        DowngradeToVersion1(hub.Path);

        await hub.StartAsync(DamageTests.Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        Assert.Equal("on", await hub.OutputAsync("case-1"));
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
        await hub.StopAsync();

        File.Delete(hub.Path + "-witness");
        await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(DamageTests.Code));
    }

    [Fact]
    public async Task DamagedFileOfVersionOne_IsRefused_AndStaysOne()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        DowngradeToVersion1(hub.Path);
        DamageTests.Execute(hub.Path, "UPDATE history SET payload = 'x' WHERE position = 2");

        Assert.Equal(2, (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(DamageTests.Code))).Report.FirstDamaged);
        using Orchestrator.Engine.TaskHub.Sqlite.SqliteDatabase database = Orchestrator.Engine.TaskHub.Sqlite.SqliteDatabase.OpenForReading(hub.Path);
        Assert.Equal(1, database.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task CopyOfVersionOnePutInPlaceOfANewerFile_IsRefused()
    {
        await using TaskHubFolder hub = await DamageTests.ThreeWaitingAsync();
        byte[] witness = await File.ReadAllBytesAsync(hub.Path + "-witness");
        DowngradeToVersion1(hub.Path);
        DamageTests.Execute(hub.Path, "DELETE FROM history WHERE position = 6; UPDATE hub SET head_position = 5, head_hash = (SELECT hash FROM history WHERE position = 5)");
        await File.WriteAllBytesAsync(hub.Path + "-witness", witness);

        Assert.Contains("row 6, is lost", (await Assert.ThrowsAsync<TaskHubDamagedException>(() => hub.StartAsync(DamageTests.Code))).Message, StringComparison.Ordinal);
    }

    /// <summary>Makes of a hub what version 1 of the schema knew.</summary>
    internal static void DowngradeToVersion1(string path)
    {
        DamageTests.Execute(path, "ALTER TABLE hub DROP COLUMN hub_id; ALTER TABLE hub DROP COLUMN commits; ALTER TABLE hub DROP COLUMN witnessed;");
        DamageTests.Execute(path, "DROP TABLE business_ids; DROP INDEX instances_created; DROP INDEX instances_status; DROP INDEX instances_name; DROP INDEX instances_ended;");
        DamageTests.Execute(path, "PRAGMA user_version = 1;");
        File.Delete(path + "-witness");
    }
}
