using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SQLitePCL;

namespace Orchestrator.Torture.Disk.Vfs;

/// <summary>SQLite's view of every <see cref="SimulatedDisk"/>: one VFS (https://www.sqlite.org/vfs.html); the folder in a file's name tells the disk.</summary>
internal static unsafe partial class SimulatedVfs
{
    public const string Name = "orchestrator-simulated";

    private const int MaxPath = 512;

    // Kept for the life of the process: SQLite holds pointers into them.
    private static readonly Lazy<int> Registered = new(RegisterOnce);
    private static readonly NativeMethods* Methods = MakeMethods();

    public static void Register() => _ = Registered.Value;

    private static int RegisterOnce()
    {
        Batteries_V2.Init();
        NativeVfs* vfs = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
        *vfs = new NativeVfs
        {
            Version = 2,
            FileSize = sizeof(NativeFile),
            MaxPath = MaxPath,
            Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name),
            Open = &Open,
            Delete = &Delete,
            Access = &Access,
            FullPathname = &FullPathname,
            Randomness = &Randomness,
            Sleep = &Sleep,
            CurrentTime = &CurrentTime,
            GetLastError = &GetLastError,
            CurrentTimeInt64 = &CurrentTimeInt64,
        };
        int code = Attach(vfs, 0);
        return code == raw.SQLITE_OK ? code : throw new InvalidOperationException($"SQLite did not take the simulated disk: {code}.");
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
#pragma warning disable CA5393 // The one SQLite that is loaded already lies beside this program.
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.SafeDirectories)]
#pragma warning restore CA5393
    private static extern int Attach(NativeVfs* vfs, int makeDefault);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* name, NativeFile* native, int flags, int* given)
    {
        native->Methods = null;
        string? path = name is null ? null : Marshal.PtrToStringUTF8((nint)name);
        SimulatedDisk? disk = path is null ? null : SimulatedDisk.Of(path);
        SimulatedFile? file = path is null ? SimulatedDisk.OpenTemporary() : disk?.Open(path, (flags & OpenFile.Create) != 0);
        if (file is null || disk is { IsDown: true })
        {
            return raw.SQLITE_CANTOPEN;
        }

        if (given is not null)
        {
            *given = flags;
        }

        native->Open = GCHandle.ToIntPtr(GCHandle.Alloc(new OpenFile(disk, file, flags)));
        native->Methods = Methods;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(nint vfs, byte* name, int syncDirectory)
    {
        string path = Marshal.PtrToStringUTF8((nint)name)!;
        SimulatedDisk.Of(path)?.Delete(path, syncDirectory != 0);
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(nint vfs, byte* name, int flags, int* answer)
    {
        string path = Marshal.PtrToStringUTF8((nint)name)!;
        *answer = SimulatedDisk.Of(path)?.Exists(path) == true ? 1 : 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPathname(nint vfs, byte* name, int size, byte* full)
    {
        ReadOnlySpan<byte> path = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (path.Length >= size)
        {
            return raw.SQLITE_CANTOPEN;
        }

        path.CopyTo(new Span<byte>(full, size));
        full[path.Length] = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(nint vfs, int size, byte* target)
    {
        RandomNumberGenerator.Fill(new Span<byte>(target, size));
        return size;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(nint vfs, int microseconds)
    {
        Thread.Sleep(TimeSpan.FromMicroseconds(microseconds));
        return microseconds;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTime(nint vfs, double* julianDay)
    {
        *julianDay = JulianMilliseconds / 86_400_000.0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTimeInt64(nint vfs, long* julianMilliseconds)
    {
        *julianMilliseconds = JulianMilliseconds;
        return raw.SQLITE_OK;
    }

    // The engine asks SQLite for no time; the call must only exist.
    private static long JulianMilliseconds => 210_866_760_000_000 + TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetLastError(nint vfs, int size, byte* text) => 0;
}
