using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Cutting;

/// <summary>Refunds on the system's own threads and clock over a simulated disk, with what was answered and how far the disk was then.</summary>
internal sealed class Workload(SimulatedDisk disk)
{
    public static readonly OrchestratorDefinition<string, string> Refund = new("refund");

    private static readonly ActivityDefinition<string, string> Step = new("step");

    private readonly ConcurrentQueue<Answer> _answers = new();

    /// <summary>What callers were told.</summary>
    public IReadOnlyCollection<Answer> Answers => _answers;

    public static EngineOptions Options(SimulatedDisk disk) => new(disk.HubPath) { Disk = disk, StopTimeout = TimeSpan.FromSeconds(1) };

    public static DurableEngine Engine(EngineOptions options)
    {
        TaskRegistry registry = new(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
        registry.AddActivity(Step, _ => new Echo()).AddOrchestrator(Refund, _ => new RefundOrchestrator());
        return new DurableEngine(options, registry, new NoServices(), TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>Ends when all is done, or with the first failure.</summary>
    public async Task RunAsync(DurableEngine engine, int first, int count)
    {
        // A few at a time, so that commits are many and of different sizes.
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) => await RunOneAsync(engine.Client, $"case-{number}", new string('x', number * 997 % 3_000)));
    }

    public async Task RunOneAsync(IOrchestrationClient client, string id, string input)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(Refund, input, id);
        Note(Told.Started, id);
        await client.RaiseEventAsync(id, "approved", "yes", "click");
        Note(Told.Approved, id);
        OrchestrationMetadata end = await client.WaitForInstanceCompletionAsync(id);
        if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new BrokenPromiseException($"'{id}' is {end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        }

        Note(Told.Ended, id);
    }

    /// <summary>Takes an answer that <see cref="RunOneAsync"/> did not give.</summary>
    public void Note(Told what, string id) => _answers.Enqueue(new Answer(what, id, disk.Position));

    private sealed class RefundOrchestrator : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string read = await context.CallActivityAsync(Step, input);
            string approval = await context.WaitForExternalEvent<string>("approved", TimeSpan.FromDays(3));
            return await context.CallActivityAsync(Step, $"{approval} {read.Length}");
        }
    }

    private sealed class Echo : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) => Task.FromResult(input);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

internal enum Told
{
    Started,
    Approved,
    Ended,
}

/// <param name="Position">Changes that the disk had when the caller was told, or a few more.</param>
internal sealed record Answer(Told What, string InstanceId, int Position);
