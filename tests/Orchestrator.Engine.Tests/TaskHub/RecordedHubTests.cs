using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Engine.Tests.TaskHub;

/// <summary>
/// Task hubs as earlier versions left them, killed in the middle, kept as SQL in <c>tests/Histories</c>. They stay as they are for ever: what was under way in them goes on
/// in this version. A version that cannot go on with one must refuse it by name, and this test then says so.
/// </summary>
public sealed class RecordedHubTests
{
    public static TheoryData<string> Hubs => ["hub-v1"];

    [Theory]
    [MemberData(nameof(Hubs))]
    public async Task HubOfAnEarlierVersion_KilledInTheMiddle_GoesOn(string name)
    {
        string folder = Directory.CreateTempSubdirectory("hub-").FullName;
        try
        {
            VictimOptions options = new(folder, 9);
            using (SqliteDatabase database = SqliteDatabase.OpenForWriting(options.HubPath))
            {
                database.Execute(await File.ReadAllTextAsync(PathOf(name)));
            }

            using VictimTasks tasks = new(options);
            await using DurableEngine engine = new(new EngineOptions(options.HubPath), tasks.Registry, new Nobody(), new ManualClock(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero)), NullLoggerFactory.Instance);
            await engine.StartAsync(CancellationToken.None);
            Assert.True((await engine.VerifyAsync()).IsIntact);

            // One had ended, one slept, one was between its steps, one waited for the second of two events, and one was in its third run.
            Assert.StartsWith("0.", await OutputAsync(engine, "fan-1"), StringComparison.Ordinal);
            Assert.StartsWith("9.", await OutputAsync(engine, "nap-1"), StringComparison.Ordinal);
            await engine.Client.RaiseEventAsync("twice-1", "paid", "once", "webhook-1");
            await engine.Client.RaiseEventAsync("twice-1", "paid", "again", "webhook-2");
            Assert.Equal("once again", await OutputAsync(engine, "twice-1"));
            await engine.Client.RaiseEventAsync("collect-1", "part", "c", "c");
            await engine.Client.RaiseEventAsync("collect-1", "part", "d", "d");
            Assert.Equal("collect-1 a b c d", await OutputAsync(engine, "collect-1"));
            await engine.Client.RaiseEventAsync("refund-1", "approved", "yes", "click-1");
            string[] refund = (await OutputAsync(engine, "refund-1")).Split(' ');
            Assert.StartsWith("0.", refund[0], StringComparison.Ordinal);
            Assert.Equal("yes", refund[1]);
            Assert.Equal("refund-1 pay", string.Join(' ', Ledger.Read(options.LedgerPath)[^1].Split(' ')[..2]));
            Assert.True((await engine.VerifyAsync()).IsIntact);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> OutputAsync(DurableEngine engine, string id)
    {
        OrchestrationMetadata end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TaskHubFolder.Patience);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{id}: {end.RuntimeStatus}, {end.FailureDetails?.ErrorMessage}");
        return JsonSerializer.Deserialize<string>(end.SerializedOutput!)!;
    }

    private static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Histories", name + ".sql");
    }

    private sealed class Nobody : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
