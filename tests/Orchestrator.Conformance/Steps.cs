using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance;

/// <summary>Orchestrators that call.</summary>
internal static class Steps
{
    private static readonly OrchestratorDefinition<string, string> Square = new(ConformanceTasks.Names.Squares);

    /// <summary>Gives its input by way of an activity.</summary>
    public sealed class Echo : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallActivityAsync(Activities.Return, input);
    }

    /// <summary>Calls an activity that fails as often as the input says, up to four times; gives the attempt that succeeded.</summary>
    public sealed class Retries : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) =>
            context.CallActivityAsync(Activities.Flaky, input, new RetryPolicy(4, TimeSpan.FromMilliseconds(100), BackoffCoefficient: 1.5));
    }

    /// <summary>Lets an activity's failure end it; the input is its message.</summary>
    public sealed class Fails : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallActivityAsync(Activities.Fail, input);
    }

    /// <summary>Catches an activity's failure and goes on; gives the message that it caught by way of another activity.</summary>
    public sealed class Handles : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            try
            {
                return await context.CallActivityAsync(Activities.Fail, input);
            }
            catch (TaskFailedException failed)
            {
                return await context.CallActivityAsync(Activities.Return, "caught: " + failed.FailureDetails.ErrorMessage);
            }
        }
    }

    public sealed class CallsUnknown : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallActivityAsync(Activities.Unknown, input);
    }

    /// <summary>Fails until <see cref="Mend"/> ran with the same input; what came before the failure is in its output.</summary>
    public sealed class Mended : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string before = await context.CallActivityAsync(Activities.Flaky, "0");
            return before + " " + await context.CallActivityAsync(Activities.NeedsMending, input);
        }
    }

    public sealed class Mend : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallActivityAsync(Activities.SetMended, input);
    }

    /// <summary>The sum of the squares of 1 to the input, each by a child of its own.</summary>
    public sealed class FansOut : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string[] squares = await Task.WhenAll(Enumerable.Range(1, Number.Parse(input)).Select(number =>
                context.CallSubOrchestratorAsync(Square, Number.Write(number), $"{context.InstanceId}-{number}")));
            return Number.Write(squares.Sum(Number.Parse));
        }
    }

    /// <summary>The square of its input; fails for 0.</summary>
    public sealed class Squares : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            int number = Number.Parse(await context.CallActivityAsync(Activities.Return, input));
            return number == 0 ? throw new InvalidOperationException("nothing to square") : Number.Write(number * number);
        }
    }

    /// <summary>Catches a child's failure.</summary>
    public sealed class HandlesChild : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            try
            {
                return await context.CallSubOrchestratorAsync(Square, "0", context.InstanceId + "-child");
            }
            catch (TaskFailedException failed)
            {
                return "caught: " + failed.FailureDetails.ErrorMessage;
            }
        }
    }

    /// <summary>Records what it sees of ids and time through an activity, and compares after each wait: every replay must see the same. Waits for "go" in between.</summary>
    public sealed class Stable : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            List<(string Recorded, string Seen)> pairs = [];
            HashSet<Guid> ids = [];
            for (int step = 0; step < 3; step++)
            {
                Guid id = context.NewGuid();
                ids.Add(id);
                string seen = $"{id} {context.CurrentUtcDateTime:O}";
                pairs.Add((await context.CallActivityAsync(Activities.Return, seen), seen));
            }

            await context.WaitForExternalEvent<string>("go");
            string end = await context.CallActivityAsync(Activities.Return, "end");
            return ids.Count == 3 && pairs.All(pair => pair.Recorded == pair.Seen) ? "stable " + end : "unstable";
        }
    }
}
