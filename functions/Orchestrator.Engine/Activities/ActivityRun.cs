using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Activities;

/// <summary>One attempt of an activity in its slot.</summary>
#pragma warning disable CA1001 // Disposed where the activity ends; one that never does cannot be disposed of.
internal sealed partial class ActivityRun(EngineParts parts, ActivityDispatcher dispatcher, ActivityDispatcher.Lane lane, int slot, ActivityWork work, ILogger logger) : IThreadPoolWorkItem
#pragma warning restore CA1001
{
    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>("Instance {InstanceId}");

    private readonly CancellationTokenSource _cancellation = new();
    private readonly long _began = parts.Clock.GetTimestamp();

    public ActivityDispatcher.Lane Lane => lane;

    public int Slot => slot;

    public TimeSpan Elapsed => parts.Clock.GetElapsedTime(_began);

    public void Execute() => _ = RunAsync();

    /// <summary>It took too long: its orchestration goes on without it, and its slot to another. It may still run, but its result is nobody's.</summary>
    public void GiveUp()
    {
        Cancel();
        ActivityTimeoutException late = new(work.Name, parts.Options.ActivityTimeout);
        LogFailed(logger, work.Name, work.Instance.Id, late.GetType().Name);
        Guard(() => End(HistoryKind.TaskFailed, FailureJson.Write(FailureJson.From(late))));
    }

    public void Cancel()
    {
        // Not awaited: what the activity does on its cancellation may hang like the activity, and it may have come to its end after all.
        _ = parts.Options.Scheduler.RunAsync(_cancellation.Cancel);
    }

    private async Task RunAsync()
    {
        try
        {
            parts.Running.Enter(slot, new RunningActivity(work.Instance.Key, work.Run, work.TaskId));
            (HistoryKind kind, string payload) = await InvokeAsync();
            Guard(() => End(kind, payload));
        }
#pragma warning disable CA1031 // The mark could not be made, or the engine is at its end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Stop(failure);
        }
    }

    private async Task<(HistoryKind Kind, string Payload)> InvokeAsync()
    {
        parts.At(CrashPoint.BeforeActivity, work.Instance.Id, work.Name);
        using IDisposable? scope = LogScope(logger, work.Instance.Id);
        using System.Diagnostics.Activity? span = EngineTelemetry.Source.StartActivity(work.Name);
        span?.SetTag("instance.id", work.Instance.Id);
        string outcome = "failed";
        try
        {
            string result = await RunScopedAsync();
            parts.Registry.CheckSize($"The result of activity '{work.Name}' of instance '{work.Instance.Id}'", result);
            outcome = "completed";
            parts.At(CrashPoint.AfterActivityReturn, work.Instance.Id, work.Name);
            return (HistoryKind.TaskCompleted, result);
        }
#pragma warning disable CA1031 // Whatever an activity throws is a recorded failure of its orchestration, and nobody else's.
        catch (Exception failure) when (failure is not TaskHubStoppedException && !dispatcher.IsStopping)
#pragma warning restore CA1031
        {
            LogFailed(logger, work.Name, work.Instance.Id, failure.GetType().Name);
            parts.At(CrashPoint.AfterActivityReturn, work.Instance.Id, work.Name);
            return (HistoryKind.TaskFailed, FailureJson.Write(FailureJson.From(failure)));
        }
        finally
        {
            EngineTelemetry.ActivityDuration.Record(
                Elapsed.TotalMilliseconds,
                new KeyValuePair<string, object?>("activity", work.Name),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private async Task<string> RunScopedAsync()
    {
        if (!parts.Registry.Activities.TryGetValue(work.Name, out TaskRegistry.ActivityRunner? runner))
        {
            throw new UnknownTaskException("activity", work.Name);
        }

        using (_cancellation)
        {
            ActivityContext context = new(work.Name, work.Instance.Id);
            if (parts.Services.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory scopes)
            {
                return await runner(parts.Services, context, work.Input, _cancellation.Token);
            }

            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            return await runner(scope.ServiceProvider, context, work.Input, _cancellation.Token);
        }
    }

    /// <summary>The slot first: what the orchestrator makes of the result is none of the activity's time.</summary>
    private void End(HistoryKind kind, string payload)
    {
        if (dispatcher.Release(this))
        {
            try
            {
                work.Instance.ActivityDone(work.Run, work.TaskId, work.Name, kind, payload);
            }
            finally
            {
                dispatcher.Delivered();
            }
        }
    }

    private void Guard(Action end)
    {
        try
        {
            end();
        }
#pragma warning disable CA1031 // The mark could not be taken away and can no longer be trusted, or the engine is at its end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Stop(failure);
        }
    }

    // What fails because of the stop is not recorded: it runs again after the next start.
    private void Stop(Exception failure)
    {
        if (failure is not TaskHubStoppedException && !dispatcher.IsStopping)
        {
            parts.Stop(failure);
        }

        dispatcher.Abandon(this);
    }

    [LoggerMessage(30, LogLevel.Warning, "Activity {Activity} of instance {InstanceId} failed: {ErrorType}.")]
    private static partial void LogFailed(ILogger logger, string activity, string instanceId, string errorType);
}
