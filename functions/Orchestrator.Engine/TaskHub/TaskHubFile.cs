namespace Orchestrator.Engine.TaskHub;

/// <summary>The hub's file and the lock beside it that keeps every other process out.</summary>
internal sealed class TaskHubFile : IDisposable
{
    private readonly IDisposable _lock;

    private TaskHubFile(IHubDisk disk, string path, IDisposable held)
    {
        (Disk, Path, _lock) = (disk, path, held);
    }

    public IHubDisk Disk { get; }

    public string Path { get; }

    /// <summary>SQLite's write-ahead log.</summary>
    public string LogPath => Path + "-wal";

    /// <summary>Where the activities that run right now are marked.</summary>
    public string RunningPath => Path + "-running";

    /// <summary>How far history had come, kept outside SQLite's files.</summary>
    public string WitnessPath => Path + "-witness";

    /// <exception cref="TaskHubInUseException">Somebody holds it.</exception>
    public static TaskHubFile Acquire(IHubDisk disk, string path)
    {
        TaskHubFile file = Own(disk, path);
        try
        {
            disk.CreateDatabase(file.Path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Keeps everybody out and makes no file.</summary>
    /// <exception cref="TaskHubInUseException">Somebody holds it.</exception>
    public static TaskHubFile Own(IHubDisk disk, string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return new TaskHubFile(disk, full, disk.Lock(full));
    }

    public void Dispose() => _lock.Dispose();
}
