using System.Diagnostics;
using System.Globalization;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Torture.Cutting;

/// <summary>The disk fills up under load: new work is refused, reads work, and with space everything goes on.</summary>
internal static class FullDisk
{
    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(5);

    /// <param name="fill">Leaves no space.</param>
    /// <param name="free">Gives space back.</param>
    /// <exception cref="BrokenPromiseException">Something was accepted and lost, or it did not go on.</exception>
    public static async Task<string> RunAsync(EngineOptions options, Action fill, Action free)
    {
        await using DurableEngine engine = Workload.Engine(options);
        await engine.StartAsync(CancellationToken.None);
        IOrchestrationClient client = engine.Client;
        List<string> accepted = [];
        await StartAsync(client, accepted);
        fill();
        int refusals = await StartUntilRefusedAsync(client, accepted);
        foreach (string id in accepted)
        {
            _ = await client.GetInstanceAsync(id) ?? throw new BrokenPromiseException($"'{id}' cannot be read while the disk is full");
        }

        free();
        long freed = Stopwatch.GetTimestamp();
        while (!await TryStartAsync(client, accepted))
        {
            if (Stopwatch.GetElapsedTime(freed) > GoesOnWithin)
            {
                throw new BrokenPromiseException($"there is space for {GoesOnWithin.TotalSeconds} s and new work is still refused");
            }
        }

        double seconds = Stopwatch.GetElapsedTime(freed).TotalSeconds;
        foreach (string id in accepted)
        {
            await client.RaiseEventAsync(id, "approved", "yes", "click");
            OrchestrationMetadata end = await client.WaitForInstanceCompletionAsync(id).WaitAsync(TimeSpan.FromSeconds(30));
            if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                throw new BrokenPromiseException($"'{id}' is {end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
            }
        }

        IntegrityReport report = await engine.VerifyAsync();
        return report.IsIntact
            ? string.Create(CultureInfo.InvariantCulture, $"{accepted.Count} accepted and all completed, {refusals} refused, went on after {seconds:F2} s")
            : throw new BrokenPromiseException(report.Finding);
    }

    private static async Task<int> StartUntilRefusedAsync(IOrchestrationClient client, List<string> accepted)
    {
        int refusals = 0;
        for (int attempt = 0; attempt < 20_000 && refusals < 20; attempt++)
        {
            refusals += await TryStartAsync(client, accepted) ? 0 : 1;
        }

        return refusals > 0 ? refusals : throw new BrokenPromiseException("the disk is full and nothing was refused");
    }

    private static async Task<bool> TryStartAsync(IOrchestrationClient client, List<string> accepted)
    {
        try
        {
            await StartAsync(client, accepted);
            return true;
        }
        catch (TaskHubFullException)
        {
            return false;
        }
    }

    private static async Task StartAsync(IOrchestrationClient client, List<string> accepted) =>
        accepted.Add(await client.ScheduleNewOrchestrationInstanceAsync(Workload.Refund, new string('x', 3_000), $"case-{accepted.Count}"));
}
