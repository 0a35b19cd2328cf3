using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Activities;
using Orchestrator.Engine.Client;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.Retention;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Engine.Timers;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine;

/// <summary>
/// Durable orchestrations on one SQLite file. A recorded step never runs again, an unrecorded one may;
/// an acknowledged start, event or step is there after any crash.
/// </summary>
/// <param name="registry">Filled before the start.</param>
/// <param name="services">Given to orchestrators; activities get a scope of it each, if it makes scopes.</param>
public sealed partial class DurableEngine(EngineOptions options, TaskRegistry registry, IServiceProvider services, TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<DurableEngine>();
    private const int MaxLooks = 1_000;

    private readonly SemaphoreSlim _transition = new(1, 1);
    private EngineParts? _parts;
    private OrchestrationClient? _client;

    /// <summary>Usable between start and stop.</summary>
    public IOrchestrationClient Client => _client ??= new OrchestrationClient(Started);

    /// <summary>Faulted with <see cref="TaskHubStoppedException"/> when the engine could not go on; the process should end and start again.</summary>
    public Task Stopped => Started().Stopped;

    /// <summary>Opens the task hub and goes on with what was under way.</summary>
    /// <exception cref="TaskHubInUseException">Another process owns it.</exception>
    /// <exception cref="TaskHubVersionException">The file is of a newer version, or no task hub.</exception>
    /// <exception cref="TaskHubDamagedException">It is not what was last acknowledged: nothing runs until a person decides.</exception>
    /// <exception cref="TaskHubUnavailableException">The file cannot be read or written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        options.Validate();
        registry.MaxPayloadBytes = options.MaxPayloadBytes;
        await _transition.WaitAsync(cancellationToken);
        if (_parts is not null)
        {
            _transition.Release();
            throw new InvalidOperationException("The engine is started already.");
        }

        try
        {
            long began = clock.GetTimestamp();
            cancellationToken.ThrowIfCancellationRequested();
            EngineParts parts = await options.Scheduler.RunAsync(Open);
            _parts = parts;
            int awake = await RecoverAsync(parts, cancellationToken);
            LogReady(_logger, parts.File.Path, awake, clock.GetElapsedTime(began).TotalMilliseconds);
        }
        catch when (_parts is { } halfStarted)
        {
            _parts = null;
            await CloseAsync(halfStarted);
            throw;
        }
        finally
        {
            _transition.Release();
        }
    }

    /// <summary>Takes no more work, gives running activities <see cref="EngineOptions.StopTimeout"/>, and closes the file.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _transition.WaitAsync(cancellationToken);
        try
        {
            if (_parts is not { } parts)
            {
                return;
            }

            _parts = null;
            await CloseAsync(parts);
        }
        finally
        {
            _transition.Release();
        }
    }

    /// <summary>Reads all of history and all instances, and checks that they are what was written. The witness was compared at the start and follows each commit since.</summary>
    public Task<IntegrityReport> VerifyAsync(CancellationToken cancellationToken = default)
    {
        HubReader reader = Started().Reader;
        IntegrityCheck check = new(read => reader.Read(connection =>
        {
            read(connection);
            return true;
        }));
        return options.Scheduler.RunAsync(() => check.All(cancellationToken).Report);
    }

    /// <summary>Copies the hub as it is at one moment to a file that is not there yet, while everything runs on, and verifies the copy.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    /// <exception cref="TaskHubDamagedException">The copy does not verify, so what it was made from is damaged; it was deleted.</exception>
    public Task<BackupReport> BackupAsync(string target, CancellationToken cancellationToken = default)
    {
        TaskHubFile file = Started().File;
        return Task.Run(
            () =>
            {
                using SqliteDatabase source = SqliteDatabase.OpenForReading(file.Path, file.Disk.Vfs);
                return HubBackup.Write(source, target, clock.GetUtcNow(), cancellationToken);
            },
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _transition.Dispose();
    }

    internal int ResidentInstances => Started().Instances.Count;

    private EngineParts Started() => _parts ?? throw new InvalidOperationException("The engine is not started.");

    private EngineParts Open()
    {
        TaskHubFile file = Acquire();
        SqliteDatabase? database = null;
        OpenedHub? opened = null;
        try
        {
            database = SqliteDatabase.OpenForWriting(file.Path, file.Disk.Vfs);
            opened = HubOpening.Open(database, file, options.VerifiedBelow);
            options.OnOpened?.Invoke(database);
            EngineParts parts = new(options, registry, services, clock, loggers, file) { Running = RunningActivities.Open(file.Disk, file.RunningPath, options.MaxConcurrentActivities + 1) };
            parts.Writer = new HubWriter(parts, database, opened.Witness, loggers.CreateLogger<HubWriter>());
            parts.Reader = new HubReader(file.Path, file.Disk.Vfs);
            parts.Instances = new InstanceTable(parts);
            parts.Activities = new ActivityDispatcher(parts, loggers.CreateLogger<ActivityDispatcher>());
            parts.Timers = new TimerScheduler(parts);
            parts.IsVerified = opened.IsVerified;
            return parts;
        }
        catch (Exception failure)
        {
            opened?.Witness.Dispose();
            database?.Dispose();
            file.Dispose();
            if (failure is SqliteFailure or IOException or UnauthorizedAccessException)
            {
                throw new TaskHubUnavailableException(options.Path, failure);
            }

            throw;
        }
    }

    private TaskHubFile Acquire()
    {
        try
        {
            return TaskHubFile.Acquire(options.Disk, options.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TaskHubUnavailableException(options.Path, failure);
        }
    }

    private static async Task<int> RecoverAsync(EngineParts parts, CancellationToken cancellationToken)
    {
        parts.Writer.Start();
        if (parts.Running.AtCrash.Count > 0)
        {
            await parts.Writer.Ask(new RecordCrash(parts.Running.AtCrash), cancellationToken);
        }

        parts.Running.Clear();
        IReadOnlyList<long> awake = parts.Reader.Awake();
        foreach ((DateTimeOffset wake, long key) in parts.Reader.Wakes())
        {
            parts.Timers.Add(wake, key, -1);
        }

        parts.Activities.Start();
        foreach (long key in awake)
        {
            parts.Instances.Wake(key);
        }

        parts.Timers.Start();
        parts.Retention = RetentionSweep.Start(parts);
        parts.Check = parts.IsVerified ? null : BackgroundCheck.Start(parts);
        return awake.Count;
    }

    /// <summary>Lets what has happened be recorded, with what the code makes of it. Nothing new begins; callers who still raise events do not hold it up.</summary>
    private static async Task SettleAsync(EngineParts parts)
    {
        try
        {
            for (int look = 0; look < MaxLooks; look++)
            {
                bool idle = parts.Instances.Turns.IsIdle;
                await parts.Writer.Ask(new WriteBarrier(), CancellationToken.None);
                if (idle && parts.Instances.Turns.IsIdle)
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is TaskHubStoppedException or TaskHubFullException)
        {
            // What is not recorded runs again after the next start.
        }
    }

    private async Task CloseAsync(EngineParts parts)
    {
        parts.Timers.Dispose();
        await (parts.Retention?.DisposeAsync() ?? ValueTask.CompletedTask);
        parts.Check?.Dispose();
        await parts.Activities.StopAsync(parts.HasFailed ? TimeSpan.Zero : options.StopTimeout);
        if (!parts.HasFailed)
        {
            await SettleAsync(parts);
            parts.Instances.ParkIdle();
        }

        await options.Scheduler.RunAsync(parts.Writer.Close);
        parts.Instances.LeaveAll();
        parts.Completions.Fail(new TaskHubStoppedException(parts.File.Path));
        parts.Starts.Fail(new TaskHubStoppedException(parts.File.Path));
        parts.Reader.Dispose();
        parts.Writer.Dispose();
        if (!parts.HasFailed)
        {
            parts.Running.Clear();
        }

        parts.Running.Dispose();
        parts.Activities.Dispose();
        parts.File.Dispose();
        LogStopped(_logger, parts.File.Path);
    }

    [LoggerMessage(40, LogLevel.Information, "Task hub {Path} is ready with {Awake} instances under way after {Milliseconds:F0} ms.")]
    private static partial void LogReady(ILogger logger, string path, int awake, double milliseconds);

    [LoggerMessage(41, LogLevel.Information, "Task hub {Path} is closed.")]
    private static partial void LogStopped(ILogger logger, string path);
}
