namespace Orchestrator.Sandbox.State;

/// <summary>Files and folders that only their owner may read: they hold the sandbox's keys and other people's mail.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Opens the file for appending and reading, creating it when it is not there, for this process alone:
    /// two sandboxes on one folder would write over each other.
    /// </summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Replaces the file whole: a reader sees the old text or the new, never a part.</summary>
    public static void Write(string path, string text)
    {
        string draft = path + ".new";
        File.Delete(draft);
        using (var file = Open(draft))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }
}
