namespace Orchestrator.Local.State;

/// <summary>Files and folders that only their owner may read: keys, mails and decisions are in them.</summary>
internal static class PrivateFile
{
    public const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode FolderMode = OwnerAlone | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // A user's local application data is private by inheritance there.
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, FolderMode);
        File.SetUnixFileMode(path, FolderMode);
    }

    /// <summary>Replaces the file whole: a reader sees the old text or the new, never a part.</summary>
    public static void Write(string path, string text)
    {
        string draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, Options(FileMode.CreateNew, FileAccess.Write)))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>For a file that this opens alone, and makes for its owner alone.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        return options;
    }

    public static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether anyone but the owner may do anything with it.</summary>
    public static bool IsOpenToOthers(string path)
    {
        const UnixFileMode Others =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
    }
}
