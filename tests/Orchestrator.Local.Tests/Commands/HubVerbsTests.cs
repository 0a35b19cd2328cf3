using System.Text.Json;
using Orchestrator.Local.State;
using Orchestrator.Local.Tests.Serving;

namespace Orchestrator.Local.Tests.Commands;

[Collection(ServingProcess.OneAfterTheOther)]
public sealed class HubVerbsTests
{
    [Fact]
    public async Task OlderHubPutInPlace_StopsTheStartWithWhatToType_UntilItIsAcceptedOrRestored()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.In("state"));
        string backup = parent.In("backup.tar");
        await using (await ServingProcess.StartAsync(folder))
        {
            _ = await SendAsync(folder);
        }

        File.Copy(folder.Hub, parent.In("old-hub.db"));
        string lost;
        await using (await ServingProcess.StartAsync(folder))
        {
            lost = await SendAsync(folder);
            Ran made = await RunAsync(folder, "hub", "backup", backup, "-o", "json");
            Assert.True(made.ExitCode == 0, made.Error);
            Assert.False(PrivateFile.IsOpenToOthers(backup));
            Assert.Equal(0, (await RunAsync(folder, "hub", "verify")).ExitCode);
            Ran again = await RunAsync(folder, "hub", "backup", backup);
            Assert.Equal((1, true), (again.ExitCode, again.Error.Contains("is there already", StringComparison.Ordinal)));
            Ran restore = await RunAsync(folder, "hub", "restore", backup);
            Assert.Equal((1, true), (restore.ExitCode, restore.Error.Contains("already runs on", StringComparison.Ordinal)));
        }

        File.Copy(parent.In("old-hub.db"), folder.Hub, overwrite: true);
        Ran refused = await RunAsync(folder);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Out));
        Assert.Contains(lost, refused.Error, StringComparison.Ordinal);
        Assert.Contains($"hub verify --accept-loss --as WHO --reason WHY --state {folder.Path}", refused.Error, StringComparison.Ordinal);

        Ran verdict = await RunAsync(folder, "hub", "verify", "-o", "json");
        Assert.Equal(1, verdict.ExitCode);
        JsonElement hub = JsonElement.Parse(verdict.Out).GetProperty("hub");
        Assert.False(hub.GetProperty("isIntact").GetBoolean());
        Assert.Contains(hub.GetProperty("instances").EnumerateArray(), instance => instance.GetProperty("instanceId").GetString() == lost);
        Ran doctor = await RunAsync(folder, "doctor");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("WRONG hub: The last", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("The last backup is of", doctor.Out, StringComparison.Ordinal);

        Ran accepted = await RunAsync(folder, "hub", "verify", "--accept-loss", "--as", "ana@example.com", "--reason", "a drill");
        Assert.True(accepted.ExitCode == 0, accepted.Out + accepted.Error);
        await using (await ServingProcess.StartAsync(folder))
        {
            Assert.Contains("by ana@example.com (a drill)", (await RunAsync(folder, "hub", "verify")).Out, StringComparison.Ordinal);
        }

        Ran restored = await RunAsync(folder, "hub", "restore", backup, "--as", "ana@example.com", "--reason", "the case is in it");
        Assert.True(restored.ExitCode == 0, restored.Out + restored.Error);
        await using (await ServingProcess.StartAsync(folder))
        {
            Ran list = await RunAsync(folder, "cases", "list", "-o", "json");
            Assert.Contains(lost, list.Out, StringComparison.Ordinal);
            Assert.Equal(0, (await RunAsync(folder, "hub", "verify")).ExitCode);
            Assert.Contains("hub.restore", (await RunAsync(folder, "audit", "show")).Out, StringComparison.Ordinal);
        }

        Assert.All(Directory.EnumerateFiles(folder.Path).Where(file => file != folder.Policy), file => Assert.False(PrivateFile.IsOpenToOthers(file), file));
        Assert.Single(Directory.GetFiles(folder.Path, "hub.db-replaced-*Z"));
        Assert.Single(Directory.GetFiles(folder.Path, "records-replaced-*.db"));
    }

    [Fact]
    public async Task BackupWhileNothingRuns_RestoredElsewhere_IsTheSame_AndADamagedOneChangesNothing()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.In("state"));
        string caseId;
        await using (await ServingProcess.StartAsync(folder))
        {
            caseId = await SendAsync(folder);
        }

        string backup = parent.In("backup.tar");
        Ran made = await RunAsync(folder, "hub", "backup", backup);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains("verified", made.Out, StringComparison.Ordinal);

        byte[] bytes = await File.ReadAllBytesAsync(backup);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(parent.In("damaged.tar"), bytes);
        var elsewhere = StateFolder.Choose(parent.In("elsewhere"));
        foreach ((string file, string says) in new[] { ("damaged.tar", "is damaged"), ("none.tar", "none.tar") })
        {
            Ran refused = await RunAsync(elsewhere, "hub", "restore", parent.In(file));
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(says, refused.Error, StringComparison.Ordinal);
            Assert.Equal([elsewhere.LockFile], Directory.GetFileSystemEntries(elsewhere.Path));
        }

        Ran restored = await RunAsync(elsewhere, "hub", "restore", backup, "-o", "json");
        Assert.True(restored.ExitCode == 0, restored.Error);
        await using ServingProcess serving = await ServingProcess.StartAsync(elsewhere);
        Assert.Contains(caseId, (await RunAsync(elsewhere, "cases", "list", "-o", "json")).Out, StringComparison.Ordinal);
        Ran doctor = await RunAsync(elsewhere, "doctor");
        Assert.Contains("No backup is known", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("ok    witness", doctor.Out, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(StateFolder folder)
    {
        Ran sent = await RunAsync(folder, "inbox", "send", "--from", "mia.schmidt@example.com", "--subject", "Refund please", "--text", "Order W-1001 never arrived. Please refund me.");
        Assert.True(sent.ExitCode == 0, sent.Error);
        return sent.Out.Trim();
    }

    private static Task<Ran> RunAsync(StateFolder folder, params string[] arguments) => Executable.RunAsync([.. arguments, "--state", folder.Path]);
}
