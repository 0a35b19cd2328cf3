namespace Orchestrator.Engine.TaskHub;

/// <summary>The hub's file and the lock beside it that keeps every other process out.</summary>
internal sealed class TaskHubFile : IDisposable
{
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    private TaskHubFile(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Where the activities that run right now are marked.</summary>
    public string RunningPath => Path + "-running";

    /// <exception cref="TaskHubInUseException">Somebody holds it.</exception>
    public static TaskHubFile Acquire(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        FileStream held = Lock(full);
        try
        {
            // SQLite gives its side files the mode of the database, so this one decides for all.
            using FileStream database = new(full, Owned(FileMode.OpenOrCreate, FileShare.ReadWrite));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new TaskHubFile(full, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public static FileStreamOptions Owned(FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string full)
    {
        try
        {
            // FileShare.None is flock on Unix and a share mode on Windows: the system releases both when the process dies.
            return new FileStream(full + "-lock", Owned(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException failure) when (failure.HResult is LockedOnLinux or LockedOnMac or SharingViolation)
        {
            throw new TaskHubInUseException(full, failure);
        }
    }
}
