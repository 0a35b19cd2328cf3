namespace Orchestrator.Engine.TaskHub;

/// <summary>Where the files of a task hub live: the file system, or one that a test plays, to lose power or break at will.</summary>
internal interface IHubDisk
{
    /// <summary>SQLite's name of the VFS (https://www.sqlite.org/vfs.html) that reaches it; null for the default.</summary>
    string? Vfs { get; }

    /// <summary>Held until disposed, or until the process dies.</summary>
    /// <exception cref="TaskHubInUseException">Somebody holds it.</exception>
    IDisposable Lock(string path);

    /// <summary>Makes the database file, if there is none, for its owner alone.</summary>
    void CreateDatabase(string path);

    bool Exists(string path);

    /// <summary>Bytes of a file; 0 where there is none, or where the disk does not tell.</summary>
    long LengthOf(string path) => 0;

    /// <summary>A small file beside the database; made when absent, for its owner alone.</summary>
    ISideFile OpenSide(string path);
}

internal interface ISideFile : IDisposable
{
    byte[] ReadAll();

    /// <summary>Once this returns the bytes outlive the process; the machine's end only after <see cref="Flush"/>.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    void SetLength(long length);

    /// <summary>Everything written so far outlives a loss of power.</summary>
    void Flush();
}
