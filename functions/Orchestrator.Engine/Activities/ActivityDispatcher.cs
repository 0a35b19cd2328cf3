using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Activities;

/// <summary>Runs activities, a bounded number at once, in the order in which they were recorded.</summary>
internal sealed partial class ActivityDispatcher : IDisposable
{
    // Twice at a crash is no longer chance. Such ones run one at a time, so that the culprit is found and its neighbours are not.
    private const int SuspectAfter = 2;

    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>("Instance {InstanceId}");

    private readonly EngineParts _parts;
    private readonly ILogger _logger;
    private readonly Channel<ActivityWork> _waiting = Channel.CreateUnbounded<ActivityWork>();
    private readonly Channel<ActivityWork> _suspects = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _lanes = [];

    public ActivityDispatcher(EngineParts parts, ILogger<ActivityDispatcher> logger)
    {
        _parts = parts;
        _logger = logger;
    }

    public void Start()
    {
        // Activities are nobody's children: what flows with the call that started the engine does not flow into them.
        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        for (int slot = 0; slot < _parts.Options.MaxConcurrentActivities; slot++)
        {
            _lanes.Add(RunLaneAsync(_waiting.Reader, slot));
        }

        _lanes.Add(RunLaneAsync(_suspects.Reader, _parts.Options.MaxConcurrentActivities));
    }

    public void Enqueue(ActivityWork work) => (work.Crashes < SuspectAfter ? _waiting : _suspects).Writer.TryWrite(work);

    /// <summary>Cancels what runs and waits for it a while; what does not end is run again after the next start.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _waiting.Writer.TryComplete();
        _suspects.Writer.TryComplete();
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_lanes).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            LogLeftRunning(_logger);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunLaneAsync(ChannelReader<ActivityWork> waiting, int slot)
    {
        while (await waiting.WaitToReadAsync())
        {
            while (!_stopping.IsCancellationRequested && waiting.TryRead(out ActivityWork? work))
            {
                if (!await TryRunAsync(work, slot))
                {
                    return;
                }
            }

            if (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>False when the engine is at its end.</summary>
    private async Task<bool> TryRunAsync(ActivityWork work, int slot)
    {
        try
        {
            _parts.Running.Enter(slot, new RunningActivity(work.Instance.Key, work.Run, work.TaskId));
            (HistoryKind kind, string payload) = await RunAsync(work);
            work.Instance.ActivityDone(work.Run, work.TaskId, work.Name, kind, payload);
            _parts.Running.Leave(slot);
            return true;
        }
#pragma warning disable CA1031 // The lane's own work failed and its marks can no longer be trusted, or the engine is at its end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // What fails because of the stop is not recorded: it runs again after the next start.
            if (failure is not TaskHubStoppedException && !_stopping.IsCancellationRequested)
            {
                _parts.Stop(failure);
            }

            return false;
        }
    }

    private async Task<(HistoryKind Kind, string Payload)> RunAsync(ActivityWork work)
    {
        _parts.At(CrashPoint.BeforeActivity, work.Instance.Id, work.Name);
        using IDisposable? scope = LogScope(_logger, work.Instance.Id);
        using System.Diagnostics.Activity? span = EngineTelemetry.Source.StartActivity(work.Name);
        span?.SetTag("instance.id", work.Instance.Id);
        long began = _parts.Clock.GetTimestamp();
        string outcome = "failed";
        try
        {
            string result = await InvokeAsync(work);
            _parts.CheckSize($"The result of activity '{work.Name}' of instance '{work.Instance.Id}'", result);
            outcome = "completed";
            _parts.At(CrashPoint.AfterActivityReturn, work.Instance.Id, work.Name);
            return (HistoryKind.TaskCompleted, result);
        }
#pragma warning disable CA1031 // Whatever an activity throws is a recorded failure of its orchestration, and nobody else's.
        catch (Exception failure) when (failure is not TaskHubStoppedException && !_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(_logger, work.Name, work.Instance.Id, failure.GetType().Name);
            _parts.At(CrashPoint.AfterActivityReturn, work.Instance.Id, work.Name);
            return (HistoryKind.TaskFailed, FailureJson.Write(FailureJson.From(failure)));
        }
        finally
        {
            EngineTelemetry.ActivityDuration.Record(
                _parts.Clock.GetElapsedTime(began).TotalMilliseconds,
                new KeyValuePair<string, object?>("activity", work.Name),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private async Task<string> InvokeAsync(ActivityWork work)
    {
        if (!_parts.Registry.Activities.TryGetValue(work.Name, out TaskRegistry.ActivityRunner? runner))
        {
            throw new UnknownTaskException("activity", work.Name);
        }

        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);

        // On a thread of its own from the first line, so that one that blocks is given up like one that waits.
        Task<string> running = Task.Run(() => RunScopedAsync(runner, work, limit), CancellationToken.None);
        try
        {
            return await running.WaitAsync(_parts.Options.ActivityTimeout, _parts.Clock);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Cancel(limit);
            throw new ActivityTimeoutException(work.Name, _parts.Options.ActivityTimeout);
        }
    }

    private static void Cancel(CancellationTokenSource limit)
    {
        try
        {
            // Not awaited: what the activity does on its cancellation may hang like the activity.
            _ = limit.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It came to its end after all, too late.
        }
    }

    private async Task<string> RunScopedAsync(TaskRegistry.ActivityRunner runner, ActivityWork work, CancellationTokenSource limit)
    {
        using (limit)
        {
            ActivityContext context = new(work.Name, work.Instance.Id);
            if (_parts.Services.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory scopes)
            {
                return await runner(_parts.Services, context, work.Input, limit.Token);
            }

            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            return await runner(scope.ServiceProvider, context, work.Input, limit.Token);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "Activity {Activity} of instance {InstanceId} failed: {ErrorType}.")]
    private static partial void LogFailed(ILogger logger, string activity, string instanceId, string errorType);

    [LoggerMessage(31, LogLevel.Warning, "Activities still run after the stop's patience. They are run again after the next start.")]
    private static partial void LogLeftRunning(ILogger logger);
}
