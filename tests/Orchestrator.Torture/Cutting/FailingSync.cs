using System.Globalization;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Cutting;

/// <summary>A sync fails somewhere in a workload. The engine stops and answers nobody any more; started again it has all that was acknowledged, and goes on safely.</summary>
internal static class FailingSync
{
    private const int Cases = 40;

    /// <exception cref="BrokenPromiseException">It went on, or lost something acknowledged.</exception>
    public static async Task<string> RunAsync(int seed)
    {
        Random random = new(seed);
        using SimulatedDisk disk = new();
        Workload workload = new(disk);
        await using (DurableEngine engine = Workload.Engine(Workload.Options(disk)))
        {
            await engine.StartAsync(CancellationToken.None);
            disk.FailSyncAfter(random.Next(120));
            Task stopped = engine.Stopped;
            await workload.RunAsync(engine, 0, Cases).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));
            if (disk.HasFailed)
            {
                await CheckStoppedAsync(engine.Client, stopped);
                disk.Crash();
            }
        }

        bool dropped = random.Next(2) == 0;
        disk.Boot(dropped);
        DurableEngine again = Workload.Engine(Workload.Options(disk));
        await again.StartAsync(CancellationToken.None);
        await workload.RunAsync(again, Cases, Cases / 4);
        disk.Crash();
        await CloseDeadAsync(again);
        disk.LosePower(random);
        disk.Boot();
        await Reopening.CheckAsync(disk, workload.Answers);
        return string.Create(CultureInfo.InvariantCulture, $"{workload.Answers.Count} acknowledgements held, cache {(dropped ? "dropped" : "kept")}");
    }

    private static async Task CloseDeadAsync(DurableEngine engine)
    {
        try
        {
            await engine.DisposeAsync();
        }
        catch (IOException)
        {
            // Its disk is gone.
        }
    }

    private static async Task CheckStoppedAsync(IOrchestrationClient client, Task stopped)
    {
        try
        {
            await stopped.WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TaskHubStoppedException)
        {
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(Workload.Refund, "", "after");
        }
        catch (TaskHubStoppedException)
        {
            return;
        }

        throw new BrokenPromiseException("a start was acknowledged after a sync had failed");
    }
}
