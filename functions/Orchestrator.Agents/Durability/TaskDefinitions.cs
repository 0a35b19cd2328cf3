namespace Orchestrator.Agents.Durability;

/// <summary>The name under which an orchestrator is started and recorded in history, with the types it takes and gives. A name never changes once a case ran under it.</summary>
public sealed record OrchestratorDefinition<TInput, TOutput>(string Name);

/// <summary>The name under which an activity is called and recorded in history, with the types it takes and gives. A name never changes once a case ran under it.</summary>
/// <param name="Retry">How it is tried again wherever a call names no other policy; null: the first failure is the last.</param>
public sealed record ActivityDefinition<TInput, TOutput>(string Name, RetryPolicy? Retry = null);

/// <summary>
/// Deterministic code over history: it may be run from its beginning at any time and must then ask for the same steps in the same order.
/// It awaits nothing but tasks of its <see cref="IOrchestrationContext"/>, and never with <c>ConfigureAwait(false)</c>.
/// </summary>
public interface IOrchestrator<in TInput, TOutput>
{
    Task<TOutput> RunAsync(IOrchestrationContext context, TInput input);
}

/// <summary>One act in the world. It may be run again at any time, so it carries keys derived from its input and never random ones.</summary>
public interface IActivity<in TInput, TOutput>
{
    /// <exception cref="Exception">Recorded as <see cref="TaskFailureDetails"/> and thrown in the orchestrator as <see cref="TaskFailedException"/>.</exception>
    Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken);
}

/// <summary>Which activity runs, and for which orchestration instance (the case id).</summary>
public sealed record ActivityContext(string Name, string InstanceId);

/// <summary>For a step that takes or gives nothing worth recording.</summary>
public readonly record struct Nothing
{
    public static readonly Nothing Value;
}
