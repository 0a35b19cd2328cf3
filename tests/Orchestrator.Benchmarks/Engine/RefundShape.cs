using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>Five activities that return at once, an external event, two more activities. The result depends on every step, so a lost or doubled one shows.</summary>
internal static class RefundShape
{
    public const string Decision = "decision";

    public static readonly OrchestratorDefinition<long, long> Refund = new("refund");

    private const int Before = 5;
    private const int After = 2;

    private static readonly ActivityDefinition<long, long> Step = new("step");

    /// <param name="waiting">Told the input of each instance that has come to its wait for the first time in this process.</param>
    public static TaskRegistry Registry(Action<long> waiting) => new TaskRegistry(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() })
        .AddOrchestrator(Refund, _ => new Orchestration(waiting))
        .AddActivity(Step, _ => new Activity());

    /// <summary>What an instance with this input ends with when <see cref="Approval"/> was raised.</summary>
    public static long Expected(long input)
    {
        long value = input;
        for (int i = 0; i < Before; i++)
        {
            value = Next(value);
        }

        value += Approval(input);
        for (int i = 0; i < After; i++)
        {
            value = Next(value);
        }

        return value;
    }

    public static long Approval(long input) => (input * 7) + 1;

    // Small enough to be exact in JavaScript too: the peers fold the same numbers.
    private static long Next(long value) => ((value * 31) + 17) % 1_000_003;

    private sealed class Orchestration(Action<long> waiting) : IOrchestrator<long, long>
    {
        public async Task<long> RunAsync(IOrchestrationContext context, long input)
        {
            long value = input;
            for (int i = 0; i < Before; i++)
            {
                value = await context.CallActivityAsync(Step, value);
            }

            waiting(input);
            value += await context.WaitForExternalEvent<long>(Decision);
            for (int i = 0; i < After; i++)
            {
                value = await context.CallActivityAsync(Step, value);
            }

            return value;
        }
    }

    private sealed class Activity : IActivity<long, long>
    {
        public Task<long> RunAsync(ActivityContext context, long input, CancellationToken cancellationToken) => Task.FromResult(Next(input));
    }
}
