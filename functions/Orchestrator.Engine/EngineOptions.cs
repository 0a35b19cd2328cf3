using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine;

/// <summary>How the embedded engine keeps and runs its instances. Every field but the path has a default.</summary>
/// <param name="Path">The SQLite file of the task hub; created with its directory when absent. One process owns it at a time.</param>
public sealed record EngineOptions(string Path)
{
    /// <summary>Activities that run at once.</summary>
    public int MaxConcurrentActivities { get; init; } = 64;

    /// <summary>Orchestrators whose code runs at once; waiting ones do not count.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = Environment.ProcessorCount * 2;

    /// <summary>How long one attempt of an activity may take. It then counts as failed and its slot is given to another.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Upper limit of one input, result, event or status as UTF-8 JSON.</summary>
    public int MaxPayloadBytes { get; init; } = 1024 * 1024;

    /// <summary>An activity that was running at this many crashes of the process is failed instead of run again.</summary>
    public int MaxCrashesPerActivity { get; init; } = 5;

    /// <summary>Waiting instances kept in memory; beyond it the longest idle are dropped and replayed from history when something comes for them.</summary>
    public int MaxResidentInstances { get; init; } = 2_000;

    /// <summary>How long a stop waits for running activities before it leaves them to the next start.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long completed and terminated instances are kept after their end, and runs of an instance that continued as new; null, the default: for ever.
    /// Failed instances stay until they are rewound or purged by hand: they wait for a person. At least one minute.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The operator is alarmed when the write-ahead log beside the file grows over this: a reader that never ends keeps it from being taken over.</summary>
    public long LogAlarmBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Called at each <see cref="CrashPoint"/> with its name, the instance id and the task's name, so that a test can end the process there; null in production. An exception stops the engine at once, as a crash would.</summary>
    public Action<string, string, string>? AtCrashPoint { get; init; }

    /// <summary>The system's threads; another in tests.</summary>
    internal IEngineScheduler Scheduler { get; init; } = SystemScheduler.Instance;

    /// <summary>The file system; another in tests.</summary>
    internal IHubDisk Disk { get; init; } = FileDisk.Instance;

    /// <summary>Hubs of up to so many rows are verified before the start, larger ones after it; another in tests.</summary>
    internal long VerifiedBelow { get; init; } = HubOpening.AllBelow;

    /// <summary>For tests that set limits on the writing connection.</summary>
    internal Action<SqliteDatabase>? OnOpened { get; init; }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentActivities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentOrchestrations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ActivityTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPayloadBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCrashesPerActivity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResidentInstances, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(LogAlarmBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StopTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention ?? TimeSpan.MaxValue, TimeSpan.FromMinutes(1), nameof(Retention));
    }
}
