using System.Diagnostics;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Faults;

public sealed class ParkedTests
{
    private const int Instances = 3_000;

    private static readonly Code Code = new Code()
        .Activity("echo", input => input)
        .Orchestrator("case", async (context, input) =>
        {
            string first = await context.Call("echo", input);
            try
            {
                return first + await context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(30));
            }
            catch (TaskCanceledException)
            {
                return first + " timed out";
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ThousandsWaiting_OverACrashOrAStop_AllGoOn(bool crash)
    {
        bool down = false;
        await using TaskHubFolder hub = new();
        EngineOptions Small(EngineOptions options) => options with
        {
            MaxResidentInstances = 200,
            AtCrashPoint = (_, _, _) =>
            {
                if (Volatile.Read(ref down))
                {
                    throw new InvalidOperationException("crash");
                }
            },
        };
        await hub.StartAsync(Code, Small);
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(number => hub.StartInstanceAsync("case", $"{number}", $"case-{number}")));
        await TaskHubFolder.EventuallyAsync(() => Task.FromResult(hub.Engine.ResidentInstances <= 200), "the rest is out of memory");
        if (crash)
        {
            Volatile.Write(ref down, true);
            await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Client.RaiseEventAsync("case-1", "go", "lost"));
            Volatile.Write(ref down, false);
        }

        await hub.StartAsync(Code, Small);
        int[] raised = [.. Enumerable.Range(0, Instances).Where(number => number % 3 != 0)];
        await Task.WhenAll(raised.Select(number => hub.Client.RaiseEventAsync($"case-{number}", "go", "!")));
        await Task.WhenAll(raised.Select(async number => Assert.Equal($"{number}!", await hub.OutputAsync($"case-{number}"))));
        await hub.StopAsync();
        hub.Clock.Advance(TimeSpan.FromDays(31));
        await hub.StartAsync(Code, Small);
        for (int number = 0; number < Instances; number += 3)
        {
            Assert.Equal($"{number} timed out", await hub.OutputAsync($"case-{number}"));
        }

        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Start_OnASmallFile_IsReadyQuickly()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => hub.StartInstanceAsync("case", $"{number}", $"case-{number}")));

        long began = Stopwatch.GetTimestamp();
        await hub.StopAsync();
        await hub.StartAsync(Code);

        // Ten times the aim: a machine under load must not fail this.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3));
    }
}
