using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>As many activities one after the other as its input says, then an event, which ends it.</summary>
internal static class LongHistory
{
    public const string End = "end";

    public static readonly OrchestratorDefinition<int, int> Count = new("count");

    private static readonly ActivityDefinition<int, int> Increment = new("increment");

    public static TaskRegistry Registry(Action<string> waiting) => new TaskRegistry(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() })
        .AddOrchestrator(Count, _ => new Orchestration(waiting))
        .AddActivity(Increment, _ => new Activity());

    /// <summary>The activities that make a history of so many rows once the event is in: the start, two rows an activity, the event.</summary>
    public static int ActivitiesFor(int rows) => Math.Max(0, (rows - 2) / 2);

    private sealed class Orchestration(Action<string> waiting) : IOrchestrator<int, int>
    {
        public async Task<int> RunAsync(IOrchestrationContext context, int input)
        {
            int count = 0;
            while (count < input)
            {
                count = await context.CallActivityAsync(Increment, count);
            }

            waiting(context.InstanceId);
            return count + await context.WaitForExternalEvent<int>(End);
        }
    }

    private sealed class Activity : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityContext context, int input, CancellationToken cancellationToken) => Task.FromResult(input + 1);
    }
}
