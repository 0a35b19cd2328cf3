using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Torture.InFlight;
using Orchestrator.Torture.Parking;
using Orchestrator.Torture.Victims;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>What only a real process can show: another one on the file, and its death at a chosen moment.</summary>
[Collection(Alone.Name)]
public sealed class ProcessTests(ITestOutputHelper output) : IDisposable
{
    private readonly VictimOptions _options = new(Directory.CreateTempSubdirectory("victim-").FullName, 0);
    private int _generation;

    [Fact]
    public async Task SecondProcess_OnTheFile_IsRefusedWithinASecondAndWritesNothing()
    {
        await using VictimProcess first = await StartAsync();
        await first.AskAsync("start wait case-0");
        Assert.Equal("Completed \"on\"", await GoOnAsync(first, "case-0"));
        Dictionary<string, string> before = Files();

        await using VictimProcess second = VictimProcess.Start(Next());
        VictimRefusedException refused = await Assert.ThrowsAsync<VictimRefusedException>(() => second.Ready);

        Assert.Equal(VictimVerb.Refused, await second.GoneAsync());
        Assert.True(refused.After < TimeSpan.FromSeconds(1), $"Refused after {refused.After}.");
        Assert.Equal(new TaskHubInUseException(_options.HubPath).Message, refused.Message);
        Assert.Equal(before, Files());
        await first.AskAsync("start wait case-1");
        Assert.Equal("Completed \"on\"", await GoOnAsync(first, "case-1"));
        await first.KillAsync();
        await using VictimProcess third = await StartAsync();
        Assert.Equal("Completed \"on\"", await third.AskAsync("end case-1"));
    }

    [Fact]
    public async Task Event_SentAHundredTimesAcrossKills_HasOneEffect()
    {
        VictimProcess victim = await StartAsync();
        await victim.AskAsync("start twice case-1");
        for (int kill = 0; kill < 4; kill++)
        {
            await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => victim.AskAsync("raise case-1 paid webhook-1 once")));
            await victim.DisposeAsync();
            victim = await StartAsync();
        }

        Assert.Single(await HistoryAsync(victim, "case-1"), entry => entry.Kind == "EventRaised");
        await victim.AskAsync("raise case-1 paid webhook-2 again");
        Assert.Equal("Completed \"once again\"", await victim.AskAsync("end case-1").WaitAsync(TaskHubFolder.Patience));
        await victim.StopAsync();
        await victim.DisposeAsync();
    }

    [Fact]
    public async Task Activity_ThatKillsItsProcess_IsQuarantinedAfterThreeAndTheOthersGoOn()
    {
        const int crashes = 3;
        VictimProcess victim = await StartAsync(crashes);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => victim.AskAsync($"start wait other-{number}")));
        Task<string> poisoned = victim.AskAsync("start poison poison-1");
        for (int crash = 0; crash < crashes; crash++)
        {
            Assert.NotEqual(0, await victim.GoneAsync().WaitAsync(TaskHubFolder.Patience));
            await victim.DisposeAsync();
            victim = await StartAsync(crashes);
        }

        _ = poisoned.Exception;
        Assert.Contains(nameof(ActivityQuarantinedException), await victim.AskAsync("end poison-1").WaitAsync(TaskHubFolder.Patience), StringComparison.Ordinal);
        Assert.Equal(crashes, Ledger.Read(_options.LedgerPath).Count(line => line.StartsWith("poison-1 ", StringComparison.Ordinal)));
        foreach (int number in Enumerable.Range(0, 20))
        {
            Assert.Equal("Completed \"on\"", await GoOnAsync(victim, $"other-{number}"));
        }

        await victim.DisposeAsync();
    }

    [Fact]
    public async Task Timers_DueWhileNoProcessLived_FireOnceEachWithinTwoSecondsOfTheStart()
    {
        const int naps = 200;
        await using (VictimProcess victim = await StartAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, naps).Select(number => victim.AskAsync($"start nap nap-{number}")));
            await TaskHubFolder.EventuallyAsync(async () => await victim.AskAsync("waiting nap-") == $"{naps}", "all sleep");
            await victim.KillAsync();
        }

        long killed = Stopwatch.GetTimestamp();
        await TaskHubFolder.EventuallyAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(killed) > VictimTasks.Nap), "all are due");
        await using VictimProcess heir = await StartAsync();
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, naps).Select(number => heir.AskAsync($"end nap-{number}"))).WaitAsync(TaskHubFolder.Patience);
        TimeSpan late = Stopwatch.GetElapsedTime(began);

        output.WriteLine($"{naps} overdue timers fired {late.TotalMilliseconds:F0} ms after the start.");
        Assert.True(late < TimeSpan.FromSeconds(2), $"{late} after the start.");
        Assert.Equal(naps, Ledger.Read(_options.LedgerPath).Count);
        foreach (int number in Enumerable.Range(0, naps))
        {
            Assert.Single(await HistoryAsync(heir, $"nap-{number}"), entry => entry.Kind == "TimerFired");
        }
    }

    [Fact]
    public async Task TenThousandWaiting_ThroughAKill_AreReadyAndGoOnWithinTheirBounds()
    {
        int seed = Random.Shared.Next(1_000_000);
        ParkedRun run = await ParkedRun.RunAsync(10_000, seed, _ => { });

        output.WriteLine($"{run}, seed {seed}");
        Assert.True(run.MeetsItsBounds, $"{run}, seed {seed}");
    }

    [Fact]
    public async Task TenThousandActivitiesInFlight_ThroughAKill_DrainWithinTheLimitOnConcurrency()
    {
        InFlightRun run = await InFlightRun.RunAsync(10_000);

        output.WriteLine(run.ToString());
        Assert.True(run.MeetsItsBounds, run.ToString());
    }

    public void Dispose() => Directory.Delete(_options.Folder, recursive: true);

    private static async Task<string> GoOnAsync(VictimProcess victim, string id)
    {
        await victim.AskAsync($"raise {id} go {id} on");
        return await victim.AskAsync($"end {id}").WaitAsync(TaskHubFolder.Patience);
    }

    private static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(VictimProcess victim, string id) =>
        JsonSerializer.Deserialize<List<HistoryEntry>>(await victim.AskAsync($"history {id}"))!;

    private async Task<VictimProcess> StartAsync(int maxCrashes = int.MaxValue)
    {
        VictimProcess victim = VictimProcess.Start(Next() with { MaxCrashesPerActivity = maxCrashes });
        await victim.Ready.WaitAsync(TaskHubFolder.Patience);
        return victim;
    }

    private VictimOptions Next() => _options with { Generation = _generation++ };

    /// <summary>Every file of the hub, with its content and when it was written.</summary>
    private Dictionary<string, string> Files() => Directory.GetFiles(_options.Folder, "hub*").ToDictionary(
        path => path,
        path =>
        {
            if (path.EndsWith("-lock", StringComparison.Ordinal))
            {
                return $"{new FileInfo(path).Length} bytes {File.GetLastWriteTimeUtc(path):O}";
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return $"{Convert.ToHexString(SHA256.HashData(file))} {File.GetLastWriteTimeUtc(path):O}";
        });
}
