using System.Diagnostics;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.TaskHub;

public sealed class TaskHubFileTests
{
    private static readonly Code Code = new Code().Orchestrator("wait", async (context, _) => await context.Event("go"));

    [Fact]
    public async Task SecondEngine_OnTheFile_IsRefusedWithinASecondAndTheFirstGoesOn()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");
        await using DurableEngine second = Another(hub.Path);

        long began = Stopwatch.GetTimestamp();
        TaskHubInUseException refused = await Assert.ThrowsAsync<TaskHubInUseException>(() => second.StartAsync(CancellationToken.None));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
        Assert.Contains(hub.Path, refused.Message, StringComparison.Ordinal);
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        Assert.Equal("on", await hub.OutputAsync());
    }

    [Fact]
    public async Task NewerFile_IsRefusedAndLeftAlone()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StopAsync();
        Execute(hub.Path, "PRAGMA user_version = 99");

        await using DurableEngine engine = Another(hub.Path);
        TaskHubVersionException refused = await Assert.ThrowsAsync<TaskHubVersionException>(() => engine.StartAsync(CancellationToken.None));
        Assert.Contains("schema version 99", refused.Message, StringComparison.Ordinal);
        Execute(hub.Path, $"PRAGMA user_version = {TaskHubSchema.Version}");
        await engine.StartAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("this is no database at all, but a text of some length that is not one either")]
    public async Task ForeignFile_IsRefused(string content)
    {
        await using TaskHubFolder hub = new();
        await File.WriteAllTextAsync(hub.Path, string.Concat(Enumerable.Repeat(content, 20)));
        await using DurableEngine text = Another(hub.Path);
        await Assert.ThrowsAsync<TaskHubVersionException>(() => text.StartAsync(CancellationToken.None));

        string other = hub.Path + "-other";
        await File.WriteAllTextAsync(other, "");
        Execute(other, "CREATE TABLE customers (id)");
        await using DurableEngine database = Another(other);
        Assert.Contains("something else", (await Assert.ThrowsAsync<TaskHubVersionException>(() => database.StartAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewHub_InAFolderThatIsNotThere_IsItsOwnersAlone()
    {
        await using TaskHubFolder hub = new();
        string path = Path.Combine(Path.GetDirectoryName(hub.Path)!, "deep", "er", "hub.db");
        await using DurableEngine engine = Another(path);
        await engine.StartAsync(CancellationToken.None);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(Tests.Code.Orchestrator("wait"), "", "case-1");

        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(path)!))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Readers_NeverWriteOrCheckpoint()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        using SqliteDatabase reader = SqliteDatabase.OpenForReading(hub.Path);

        Assert.Equal(0, reader.Scalar("PRAGMA wal_autocheckpoint"));
        Assert.Throws<SqliteFailure>(() => reader.Execute("DELETE FROM history"));
    }

    private static DurableEngine Another(string path) =>
        new(new EngineOptions(path), Code.Registry, new Nobody(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

    private static void Execute(string path, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(path);
        database.Execute(sql);
    }

    private sealed class Nobody : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
