using System.Runtime.InteropServices;
using SQLitePCL;

namespace Orchestrator.Engine.TaskHub.Sqlite;

/// <summary>
/// The system's VFS, but a sleep lasts as long as SQLite asks for. The library in the package is built without HAVE_USLEEP, so its VFS for Unix
/// rounds every sleep up to a second, and a reader that meets a few commits in a row (walTryBeginRead of https://sqlite.org/src/file/src/wal.c) takes one.
/// </summary>
internal static class ShortSleepVfs
{
    private const string Library = "e_sqlite3";

    // Of struct sqlite3_vfs on 64 bits, up to its third version: https://www.sqlite.org/c3ref/vfs.html
    private const int StructSize = 168;
    private const int NextOffset = 16;
    private const int NameOffset = 24;
    private const int SleepOffset = 112;

    private static readonly Sleep Exactly = (_, microseconds) =>
    {
        Thread.Sleep(TimeSpan.FromMicroseconds(Math.Max(microseconds, 1_000)));
        return microseconds;
    };

    private static readonly Lazy<string?> Registered = new(Register);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sleep(IntPtr vfs, int microseconds);

    /// <summary>Null where the system's own does well.</summary>
    public static string? Name => Registered.Value;

    private static string? Register()
    {
        if (OperatingSystem.IsWindows() || IntPtr.Size != 8)
        {
            return null;
        }

        Batteries_V2.Init();
        IntPtr system = Find(IntPtr.Zero);
        if (system == IntPtr.Zero)
        {
            return null;
        }

        // Never freed: SQLite keeps it, as its own.
        const string name = "short-sleep";
        byte[] copy = new byte[StructSize];
        Marshal.Copy(system, copy, 0, StructSize);
        IntPtr vfs = Marshal.AllocHGlobal(StructSize);
        Marshal.Copy(copy, 0, vfs, StructSize);
        Marshal.WriteIntPtr(vfs, NextOffset, IntPtr.Zero);
        Marshal.WriteIntPtr(vfs, NameOffset, Marshal.StringToCoTaskMemUTF8(name));
        Marshal.WriteIntPtr(vfs, SleepOffset, Marshal.GetFunctionPointerForDelegate(Exactly));
        return RegisterVfs(vfs, 0) == raw.SQLITE_OK ? name : null;
    }

    [DllImport(Library, EntryPoint = "sqlite3_vfs_find")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Find(IntPtr name);

    [DllImport(Library, EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RegisterVfs(IntPtr vfs, int isDefault);
}
