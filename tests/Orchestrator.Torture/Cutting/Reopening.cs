using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Cutting;

/// <summary>Holds a fresh engine on some disk to what callers were told before.</summary>
internal static class Reopening
{
    /// <summary>All of it is there, the chain is whole, and what was under way comes to its end.</summary>
    /// <exception cref="BrokenPromiseException">It is not.</exception>
    public static async Task CheckAsync(SimulatedDisk disk, IReadOnlyCollection<Answer> answers)
    {
        DurableEngine engine = Workload.Engine(Workload.Options(disk));
        await using (engine)
        {
            await engine.StartAsync(CancellationToken.None);
            IntegrityReport report = await engine.VerifyAsync();
            if (!report.IsIntact)
            {
                throw new BrokenPromiseException(report.Finding);
            }

            foreach (IGrouping<string, Answer> told in answers.GroupBy(answer => answer.InstanceId))
            {
                await CheckAsync(engine.Client, told.Key, [.. told.Select(answer => answer.What)]);
            }
        }
    }

    private static async Task CheckAsync(IOrchestrationClient client, string id, IReadOnlyList<Told> told)
    {
        OrchestrationMetadata found = await client.GetInstanceAsync(id) ?? throw new BrokenPromiseException($"the start of '{id}' was acknowledged and is lost");
        if (told.Contains(Told.Ended) && found.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new BrokenPromiseException($"the end of '{id}' was told and it is {found.RuntimeStatus}");
        }

        IReadOnlyList<HistoryEntry> history = await client.GetOrchestrationHistoryAsync(id);
        if (told.Contains(Told.Approved) && history.Count(entry => entry.Kind == "EventRaised") != 1)
        {
            throw new BrokenPromiseException($"the event for '{id}' was acknowledged and is in history {history.Count(entry => entry.Kind == "EventRaised")} times");
        }

        if (told.Contains(Told.Approved))
        {
            await client.WaitForInstanceCompletionAsync(id).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
