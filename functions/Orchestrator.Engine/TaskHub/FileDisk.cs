namespace Orchestrator.Engine.TaskHub;

/// <summary>The file system. Every file is its owner's alone.</summary>
internal sealed class FileDisk : IHubDisk
{
    public static readonly FileDisk Instance = new();

    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    public string? Vfs => Sqlite.ShortSleepVfs.Name;

    public IDisposable Lock(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            // FileShare.None is flock on Unix and a share mode on Windows: the system releases both when the process dies.
            return new FileStream(path + "-lock", Owned(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException failure) when (failure.HResult is LockedOnLinux or LockedOnMac or SharingViolation)
        {
            throw new TaskHubInUseException(path, failure);
        }
    }

    public void CreateDatabase(string path)
    {
        // SQLite gives its side files the mode of the database, so this one decides for all.
        using FileStream database = new(path, Owned(FileMode.OpenOrCreate, FileShare.ReadWrite));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public bool Exists(string path) => File.Exists(path);

    public long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    public ISideFile OpenSide(string path)
    {
        bool isNew = !File.Exists(path);
        FileStreamOptions options = Owned(FileMode.OpenOrCreate, FileShare.Read);
        options.BufferSize = 0;
        SideFile file = new(new FileStream(path, options));
        if (isNew)
        {
            PosixSync.Folder(Path.GetDirectoryName(path)!);
        }

        return file;
    }

    private static FileStreamOptions Owned(FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private sealed class SideFile(FileStream file) : ISideFile
    {
        public byte[] ReadAll()
        {
            byte[] bytes = new byte[file.Length];
            file.Position = 0;
            file.ReadExactly(bytes);
            return bytes;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(file.SafeFileHandle, bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Flush()
        {
            if (!PosixSync.Data(file.SafeFileHandle))
            {
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }
        }

        public void Dispose() => file.Dispose();
    }
}
