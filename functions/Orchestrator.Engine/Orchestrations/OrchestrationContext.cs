using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>What an orchestrator sees of its run. It only notes what is asked for; nothing begins before it is recorded.</summary>
internal sealed class OrchestrationContext(OrchestrationRun run, EngineParts parts, string id, string name, int runNumber) : IOrchestrationContext
{
    private int _guids;

    public string Name => name;

    public string InstanceId => id;

    public DateTimeOffset CurrentUtcDateTime { get; set; }

    public bool IsReplaying { get; set; }

    /// <summary>When the run began: part of what makes its ids its own.</summary>
    public DateTimeOffset StartedAt { get; set; }

    public Guid NewGuid()
    {
        run.CheckThread();
        Span<byte> hash = stackalloc byte[HashChain.Size];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{StartedAt.UtcTicks}/{runNumber}/{_guids++}"), hash);

        // Version 8 of RFC 9562: made by a rule of our own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public bool IsPatched(string patch) => run.TakePatch(patch);

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(ActivityDefinition<TInput, TOutput> activity, TInput input, RetryPolicy? retry = null)
    {
        Task<TOutput> Call(int attempt)
        {
            string json = Write($"The input of activity '{activity.Name}'", input);
            return run.Ask(HistoryKind.TaskScheduled, activity.Name, json, null, parts.Registry.Read<TOutput>).Task;
        }

        return (retry ?? activity.Retry) is { } policy ? RetryAsync(Call, policy) : Call(1);
    }

    public Task<TOutput> CallSubOrchestratorAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string? instanceId = null, RetryPolicy? retry = null)
    {
        Task<TOutput> Call(int attempt)
        {
            string json = Write($"The input of sub-orchestration '{orchestrator.Name}'", input);
            string position = runNumber == 0 ? $"{run.NextTaskId}" : $"{runNumber}.{run.NextTaskId}";
            string child = instanceId switch
            {
                null => $"{id}:{position}",
                _ => attempt == 1 ? instanceId : $"{instanceId}:{attempt}",
            };
            EngineParts.CheckName(nameof(instanceId), child);
            return run.Ask(HistoryKind.SubOrchestrationInstanceCreated, orchestrator.Name, json, child, parts.Registry.Read<TOutput>).Task;
        }

        return retry is null ? Call(1) : RetryAsync(Call, retry);
    }

    public Task CreateTimer(DateTimeOffset fireAt, CancellationToken cancellationToken = default) => run.AskTimer(fireAt, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        run.CheckThread();
        return run.Events.WaitAsync(eventName, parts.Registry.Read<T>, run.CheckThread, cancellationToken);
    }

    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
    {
        using CancellationTokenSource waiting = new();
        Task<T> wait = WaitForExternalEvent<T>(eventName, waiting.Token);
        if (wait.IsCompleted || timeout == Timeout.InfiniteTimeSpan)
        {
            return await wait;
        }

        using CancellationTokenSource ticking = new();
        Task timer = CreateTimer(Later(timeout), ticking.Token);
        bool came = await Task.WhenAny(wait, timer) == wait;
#pragma warning disable CA1849 // CancelAsync continues on the thread pool, off the orchestrator's thread.
        (came ? ticking : waiting).Cancel();
#pragma warning restore CA1849
        return await wait;
    }

    public void SetCustomStatus<T>(T status)
    {
        run.CheckThread();
        run.CustomStatus = Write("The custom status", status);
    }

    public void ContinueAsNew<TInput>(TInput input, bool preserveUnprocessedEvents = true)
    {
        run.CheckThread();
        run.NextInput = Write("The input of the next run", input);
        run.KeepsEvents = preserveUnprocessedEvents;
    }

    public ILogger CreateReplaySafeLogger(string category) => new ReplaySafeLogger(this, parts.Loggers.CreateLogger(category));

    private async Task<T> RetryAsync<T>(Func<int, Task<T>> call, RetryPolicy retry)
    {
        DateTimeOffset began = CurrentUtcDateTime;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call(attempt);
            }
            catch (TaskFailedException failed) when (IsWorthRetrying(failed.FailureDetails) && retry.ShouldRetry(attempt, CurrentUtcDateTime - began, failed.FailureDetails))
            {
                await CreateTimer(Later(retry.DelayBefore(attempt + 1, failed.FailureDetails)));
            }
        }
    }

    // One more attempt of an activity that brings the process down is one more crash; one of an unknown name finds no more code.
    private static bool IsWorthRetrying(TaskFailureDetails failure) =>
        !failure.IsCausedBy<ActivityQuarantinedException>() && !failure.IsCausedBy<UnknownTaskException>();

    private DateTimeOffset Later(TimeSpan wait) =>
        wait > DateTimeOffset.MaxValue - CurrentUtcDateTime ? DateTimeOffset.MaxValue : CurrentUtcDateTime + wait;

    private string Write<T>(string what, T value)
    {
        run.CheckThread();
        string json = parts.Registry.Write(value);
        parts.Registry.CheckSize($"{what} of instance '{id}'", json);
        return json;
    }
}
