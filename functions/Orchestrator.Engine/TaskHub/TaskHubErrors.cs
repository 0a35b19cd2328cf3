using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.TaskHub;

/// <summary>Another process, or another engine of this one, owns the task hub.</summary>
public sealed class TaskHubInUseException(string path, Exception? inner = null)
    : DurabilityException("hub-in-use", $"The task hub '{path}' is in use by another process. One process owns it at a time: stop the other, or choose another file.", inner)
{
    public string Path { get; } = path;
}

/// <summary>The file was written by a newer version, or is no task hub.</summary>
public sealed class TaskHubVersionException(string path, string why)
    : DurabilityException("hub-version", $"The task hub '{path}' cannot be opened: {why}")
{
    public string Path { get; } = path;
}

/// <summary>The file cannot be read or written: a read-only disk, no right to it, or damage.</summary>
public sealed class TaskHubUnavailableException(string path, Exception inner)
    : DurabilityException("hub-unavailable", $"The task hub '{path}' cannot be opened for writing: {inner?.Message} Check that the disk is there and not read-only, and the rights to the file and its folder; nothing in it was changed.", inner)
{
    public string Path { get; } = path;
}

/// <summary>The disk is full: the write was refused and nothing of it is kept. Reads work, and writes resume when there is space.</summary>
public sealed class TaskHubFullException(string path)
    : DurabilityException("hub-full", $"The disk that holds the task hub '{path}' is full. Nothing acknowledged is lost; free space and try again.")
{
    public string Path { get; } = path;
}

/// <summary>The engine stopped because it could not be sure of its store; nothing that was not acknowledged may be relied on. A restart recovers.</summary>
public sealed class TaskHubStoppedException(string path, Exception? inner = null)
    : DurabilityException("hub-stopped", $"The engine on task hub '{path}' has stopped{(inner is null ? "" : $" after a failure ({inner.GetType().Name}: {inner.Message})")}. Start it again to recover.", inner)
{
    public string Path { get; } = path;
}

/// <summary>An activity was running each time the process crashed and is not run again. Rewind the instance once the cause is mended.</summary>
public sealed class ActivityQuarantinedException(string activity, int crashes)
    : DurabilityException("activity-quarantined", $"Activity '{activity}' was running at {crashes} crashes of the process and is quarantined. Mend its cause, then rewind the instance.");

/// <summary>An activity took longer than <see cref="EngineOptions.ActivityTimeout"/>.</summary>
public sealed class ActivityTimeoutException(string activity, TimeSpan limit)
    : DurabilityException("activity-timeout", $"Activity '{activity}' took longer than {limit:c} and was given up.");

/// <summary>No code is registered under a recorded name: the instance was started, or the step asked for, by another version.</summary>
public sealed class UnknownTaskException(string kind, string name)
    : DurabilityException("unknown-task", $"No {kind} named '{name}' is registered. Deploy the version that has it, then rewind the instance.");

/// <summary>An orchestrator awaited something that is not a task of its context, so that it could not be replayed.</summary>
public sealed class ForeignTaskException(string orchestrator, string instanceId)
    : DurabilityException("foreign-task", $"Orchestrator '{orchestrator}' of instance '{instanceId}' awaited a task that is not of its context (Task.Run, Task.Delay, input and output, or ConfigureAwait(false)). Move that work into an activity, then rewind the instance.");
