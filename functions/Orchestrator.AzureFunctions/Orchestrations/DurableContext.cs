using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>
/// Durable Functions' context behind the product's port. Values cross as the JSON that the registry's contracts say.
/// Nothing here may be awaited with <c>ConfigureAwait</c>: off the orchestration's own context an instance stays running for ever, without a word.
/// </summary>
/// <param name="patches">Those that this run may take.</param>
internal sealed class DurableContext(TaskOrchestrationContext inner, TaskRegistry registry, IReadOnlySet<string> patches) : IOrchestrationContext
{
    /// <summary>Older storage of Durable Functions takes no timer of seven days or more.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(6);

    private readonly HashSet<string> _waiting = new(StringComparer.OrdinalIgnoreCase);

    public string Name => inner.Name.Name;

    public string InstanceId => inner.InstanceId;

    public DateTimeOffset CurrentUtcDateTime => new(inner.CurrentUtcDateTime, TimeSpan.Zero);

    public bool IsReplaying => inner.IsReplaying;

    public Guid NewGuid() => inner.NewGuid();

    public bool IsPatched(string patch) => patches.Contains(patch);

    public async Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input, Agents.Durability.RetryPolicy? retry = null)
    {
        TaskOptions options = new(DurableRetries.Of(retry ?? activity.Retry));
        try
        {
            return Read<TOutput>(await inner.CallActivityAsync<JsonElement>(activity.Name, Write($"The input of activity '{activity.Name}'", input), options));
        }
        catch (Microsoft.DurableTask.TaskFailedException failed)
        {
            throw DurableFailures.Of(failed);
        }
    }

    public async Task<TOutput> CallSubOrchestratorAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string? instanceId = null, Agents.Durability.RetryPolicy? retry = null)
    {
        SubOrchestrationOptions options = new(DurableRetries.Of(retry), instanceId);
        try
        {
            return Read<TOutput>(await inner.CallSubOrchestratorAsync<JsonElement>(
                orchestrator.Name, KnownPatches.Stamp(Write($"The input of sub-orchestration '{orchestrator.Name}'", input), patches), options));
        }
        catch (Microsoft.DurableTask.TaskFailedException failed)
        {
            throw DurableFailures.Of(failed);
        }
    }

    /// <summary>A chain of timers where one is too long for the storage; one more where the storage, which knows whole seconds, fired early.</summary>
    public async Task CreateTimer(DateTimeOffset fireAt, CancellationToken cancellationToken = default)
    {
        do
        {
            TimeSpan left = fireAt - CurrentUtcDateTime;
            await inner.CreateTimer(left > LongestTimer ? inner.CurrentUtcDateTime + LongestTimer : fireAt.UtcDateTime, cancellationToken);
        }
        while (CurrentUtcDateTime < fireAt);
    }

    public async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => Read<T>(await WaitAsync(eventName, cancellationToken));

    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
    {
        using CancellationTokenSource timer = new();
        using CancellationTokenSource wait = new();
        Task timedOut = CreateTimer(CurrentUtcDateTime + timeout, timer.Token);
        Task<JsonElement> came = WaitAsync(eventName, wait.Token);
        Task first = await Task.WhenAny(came, timedOut);
#pragma warning disable CA1849 // CancelAsync goes on elsewhere than on the orchestration's own context.
        (first == came ? timer : wait).Cancel();
#pragma warning restore CA1849
        return Read<T>(await came);
    }

    public void SetCustomStatus<T>(T status) => inner.SetCustomStatus(Write("The custom status", status));

    public void ContinueAsNew<TInput>(TInput input, bool preserveUnprocessedEvents = true) =>
        inner.ContinueAsNew(KnownPatches.Stamp(Write("The next input", input), Patches.All), preserveUnprocessedEvents);

    public ILogger CreateReplaySafeLogger(string category) => inner.CreateReplaySafeLogger(category);

    /// <summary>Of several waiters for one name Durable Functions serves the last first, which nobody means; the port allows one.</summary>
    private async Task<JsonElement> WaitAsync(string eventName, CancellationToken cancellationToken)
    {
        if (!_waiting.Add(eventName))
        {
            throw new InvalidOperationException($"Instance '{InstanceId}' already waits for event '{eventName}'; one waiter per name at a time.");
        }

        try
        {
            return await inner.WaitForExternalEvent<JsonElement>(eventName, cancellationToken);
        }
        finally
        {
            _waiting.Remove(eventName);
        }
    }

    private T Read<T>(JsonElement value) => registry.Read<T>(value.ValueKind == JsonValueKind.Undefined ? "null" : value.GetRawText());

    private JsonElement Write<T>(string what, T value)
    {
        string json = registry.Write(value);
        registry.CheckSize($"{what} of instance '{InstanceId}'", json);
        return JsonElement.Parse(json);
    }
}
