using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Torture.Simulation;

/// <summary>The orchestrations that a simulation runs. Each says in its result what it went through, so that its caller can judge it.</summary>
internal static class CaseCode
{
    public static readonly OrchestratorDefinition<string, string> Refund = new("refund"), Tally = new("tally"), Family = new("family"), Leaf = new("leaf"), Sleeper = new("sleeper"), Race = new("race");

    private static readonly ActivityDefinition<string, string> Step = new("step");

    private static readonly RetryPolicy Retry = new(CaseBook.Attempts, TimeSpan.FromMilliseconds(100), 2);

    public static TaskRegistry For(SimulatedProcess process, CaseBook book)
    {
        TaskRegistry registry = new(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
        return registry
            .AddActivity(Step, _ => new StepActivity(process, book))
            .AddOrchestrator(Refund, _ => new Written(RefundAsync))
            .AddOrchestrator(Tally, _ => new Written(TallyAsync))
            .AddOrchestrator(Family, _ => new Written(FamilyAsync))
            .AddOrchestrator(Leaf, _ => new Written(LeafAsync))
            .AddOrchestrator(Race, _ => new Written(RaceAsync))
            .AddOrchestrator(Sleeper, _ => new Written(async (context, _) => await context.WaitForExternalEvent<string>("wake")));
    }

    /// <param name="input">Seconds to wait for the approval.</param>
    private static async Task<string> RefundAsync(IOrchestrationContext context, string input)
    {
        string read = await Call(context, "read", "");
        string check = await Call(context, "flaky check", read, Retry);
        context.SetCustomStatus("waits");
        try
        {
            await context.WaitForExternalEvent<string>("approved", TimeSpan.FromSeconds(int.Parse(input, System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (TaskCanceledException)
        {
            return $"too late {await Call(context, "decline", check)}";
        }

        string key = context.NewGuid().ToString();
        string refund = await Call(context, $"refund {key}", check);
        return $"refunded {await Call(context, "tell", refund)}";
    }

    /// <param name="input">Items so far and how many there will be: "a,b/5". A run takes two.</param>
    private static async Task<string> TallyAsync(IOrchestrationContext context, string input)
    {
        string[] parts = input.Split('/');
        List<string> items = [.. parts[0].Split(',', StringSplitOptions.RemoveEmptyEntries)];
        int wanted = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        for (int taken = 0; taken < 2 && items.Count < wanted; taken++)
        {
            items.Add(await context.WaitForExternalEvent<string>("item"));
            await Call(context, $"book {items.Count}", items.Count == 1 ? "" : $"{context.InstanceId}/book {items.Count - 1}");
        }

        string list = string.Join(',', items);
        if (items.Count < wanted)
        {
            context.ContinueAsNew($"{list}/{wanted}");
        }

        return list;
    }

    private static async Task<string> FamilyAsync(IOrchestrationContext context, string input)
    {
        string before = await Call(context, "before", "");
        string[] children = await Task.WhenAll(Enumerable.Range(0, int.Parse(input, System.Globalization.CultureInfo.InvariantCulture))
            .Select(child => context.CallSubOrchestratorAsync(Leaf, $"{child}", $"{context.InstanceId}-{child}")));
        await Call(context, "after", before);
        return string.Join(',', children);
    }

    private static async Task<string> LeafAsync(IOrchestrationContext context, string input)
    {
        DateTimeOffset due = context.CurrentUtcDateTime.AddMilliseconds(700);
        await context.CreateTimer(due);
        if (context.CurrentUtcDateTime < due)
        {
            throw new InvalidOperationException("The timer came early.");
        }

        await Call(context, "leaf", "");
        return input;
    }

    /// <summary>A step against a timer: whoever is first in history has won, also on every replay.</summary>
    private static async Task<string> RaceAsync(IOrchestrationContext context, string input)
    {
        List<string> won = [];
        for (int round = 0; round < 3; round++)
        {
            using CancellationTokenSource ticking = new();
            Task<string> step = Call(context, $"race {round}", "");
            Task timer = context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(30), ticking.Token);
            won.Add(await Task.WhenAny(step, timer) == step ? "step" : "timer");
#pragma warning disable CA1849 // CancelAsync would leave the orchestration's own thread.
            ticking.Cancel();
#pragma warning restore CA1849
            await step;
        }

        return string.Join(',', won);
    }

    /// <summary>Gives the step's key, which is what is recorded of it.</summary>
    private static Task<string> Call(IOrchestrationContext context, string step, string after, RetryPolicy? retry = null) =>
        context.CallActivityAsync(Step, $"{context.InstanceId}/{step}|{after}", retry);

    private sealed class Written(Func<IOrchestrationContext, string, Task<string>> run) : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => run(context, input);
    }

    private sealed class StepActivity(SimulatedProcess process, CaseBook book) : IActivity<string, string>
    {
        public async Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
        {
            CheckAlive();
            string[] parts = input.Split('|');
            book.Begin(process.Number, parts[0], parts[1]);
            await process.Clock.PauseAsync(60, cancellationToken);
            CheckAlive();
            if (book.Fails(parts[0]))
            {
                throw new StepFailedException(parts[0]);
            }

            int refund = parts[0].IndexOf("/refund ", StringComparison.Ordinal);
            if (refund >= 0)
            {
                book.Refund(parts[0][refund..], context.InstanceId);
                await process.Clock.PauseAsync(60, cancellationToken);
                CheckAlive();
            }

            return parts[0];
        }

        private void CheckAlive()
        {
            if (!process.IsAlive)
            {
                throw new OperationCanceledException("The process has ended.");
            }
        }
    }

    private sealed class StepFailedException(string step) : Exception($"Step '{step}' failed as planned.")
    {
        // A stack's text changes with what the runtime inlines, and the size of what is recorded with it.
        public override string? StackTrace => null;
    }
}
