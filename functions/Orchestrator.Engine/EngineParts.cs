using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Activities;
using Orchestrator.Engine.Client;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.Retention;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Timers;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine;

/// <summary>The parts of one running engine, which know each other through this.</summary>
internal sealed partial class EngineParts(EngineOptions options, TaskRegistry registry, IServiceProvider services, TimeProvider clock, ILoggerFactory loggers, TaskHubFile file)
{
    private const int MaxNameLength = 1_024;

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineOptions Options => options;

    public TaskRegistry Registry => registry;

    public IServiceProvider Services => services;

    public TimeProvider Clock => clock;

    public ILoggerFactory Loggers => loggers;

    public TaskHubFile File => file;

    public required RunningActivities Running { get; init; }

    public HubWriter Writer { get; set; } = null!;

    public HubReader Reader { get; set; } = null!;

    public InstanceTable Instances { get; set; } = null!;

    public ActivityDispatcher Activities { get; set; } = null!;

    public TimerScheduler Timers { get; set; } = null!;

    public RetentionSweep? Retention { get; set; }

    /// <summary>All of history was looked at before the start.</summary>
    public bool IsVerified { get; set; }

    public BackgroundCheck? Check { get; set; }

    public CompletionWaiters Completions { get; } = new();

    /// <summary>Who waits for an instance's first turn.</summary>
    public CompletionWaiters Starts { get; } = new();

    /// <summary>Faulted once the engine could not go on.</summary>
    public Task Stopped => _stopped.Task;

    public bool HasFailed => _stopped.Task.IsFaulted;

    /// <exception cref="TaskHubStoppedException">A test wanted the end here.</exception>
    public void At(CrashPoint point, string instanceId, string taskName)
    {
        if (options.AtCrashPoint is not { } hook)
        {
            return;
        }

        try
        {
            hook(point.ToString(), instanceId, taskName);
        }
        catch (Exception crash)
        {
            Stop(crash);
            throw new TaskHubStoppedException(file.Path, crash);
        }
    }

    /// <summary>Fail-stop: nothing is written or acknowledged any more.</summary>
    public void Stop(Exception failure)
    {
        TaskHubStoppedException stopped = failure as TaskHubStoppedException ?? new(file.Path, failure);
        Writer.Fail(stopped);
        Completions.Fail(stopped);
        Starts.Fail(stopped);
        if (_stopped.TrySetException(stopped))
        {
            Instances.LeaveAll();
            LogStopped(loggers.CreateLogger<DurableEngine>(), file.Path, failure);
        }
    }

    /// <summary>Deletes ended instances, a short write at a time. Gives how many had ended.</summary>
    public async Task<int> PurgeAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        int purged = 0;
        for (int done = 0; done < keys.Count;)
        {
            PurgedInstances batch = await Writer.Ask(new PurgeInstances([.. keys.Skip(done)]), cancellationToken);
            done += batch.Looked;
            purged += batch.Count;
        }

        return purged;
    }

    /// <summary>Ids and names are stored and shown as they are, so they are plain text on one line.</summary>
    public static void CheckName(string what, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, what);
        if (name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            throw new ArgumentException($"The {what} must have at most {MaxNameLength:N0} characters, none of them a control character.", what);
        }
    }

    [LoggerMessage(42, LogLevel.Critical, "The engine on task hub {Path} cannot go on and stops. A restart recovers all that was acknowledged.")]
    private static partial void LogStopped(ILogger logger, string path, Exception failure);
}
