using System.Collections.Concurrent;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance;

/// <summary>What the orchestrators call.</summary>
internal static class Activities
{
    public static readonly ActivityDefinition<string, string> Return = new(ConformanceTasks.ActivityNames.Return);
    public static readonly ActivityDefinition<string, string> Fail = new(ConformanceTasks.ActivityNames.Fail);
    public static readonly ActivityDefinition<string, string> Flaky = new(ConformanceTasks.ActivityNames.Flaky);
    public static readonly ActivityDefinition<string, string> SetMended = new(ConformanceTasks.ActivityNames.SetMended);
    public static readonly ActivityDefinition<string, string> NeedsMending = new(ConformanceTasks.ActivityNames.NeedsMending);

    /// <summary>In no registry.</summary>
    public static readonly ActivityDefinition<string, string> Unknown = new("ConformanceNobody");

    private static readonly ConcurrentDictionary<string, int> Attempts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Mended = new(StringComparer.Ordinal);

    /// <summary>Gives its input.</summary>
    public sealed class ReturnActivity : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) => Task.FromResult(input);
    }

    /// <summary>Fails with its input as the message.</summary>
    public sealed class FailActivity : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) => throw new InvalidOperationException(input);
    }

    /// <summary>Fails that many times for an instance, then gives the number of the attempt.</summary>
    public sealed class FlakyActivity : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
        {
            int attempt = Attempts.AddOrUpdate(context.InstanceId, 1, (_, before) => before + 1);
            return attempt > Number.Parse(input) ? Task.FromResult(Number.Write(attempt)) : throw new InvalidOperationException($"attempt {attempt}");
        }
    }

    /// <summary>Fails until somebody mended what the input names.</summary>
    public sealed class NeedsMendingActivity : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) =>
            Mended.ContainsKey(input) ? Task.FromResult("mended") : throw new InvalidOperationException("not mended yet");
    }

    public sealed class SetMendedActivity : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
        {
            Mended[input] = true;
            return Task.FromResult(input);
        }
    }
}

internal static class Number
{
    public static int Parse(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static string Write(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
