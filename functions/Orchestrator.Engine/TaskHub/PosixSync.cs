using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Orchestrator.Engine.TaskHub;

/// <summary>The two ways to sync that .NET does not offer. On Windows neither is needed.</summary>
internal static class PosixSync
{
    /// <summary>Syncs a file without its times, which fsync writes too: about half of what it takes, and in the path of every commit. False where there is no such call.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        return DataSync(file) == 0 ? true : throw new IOException($"Syncing a file failed: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Makes the names in a folder outlive a loss of power.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int folder = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0)
        {
            throw new IOException($"Opening the folder '{path}' failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        using SafeFileHandle handle = new(folder, ownsHandle: true);
        if (Sync(handle) != 0)
        {
            throw new IOException($"Syncing the folder '{path}' failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DataSync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
