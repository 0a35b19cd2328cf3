using System.Runtime.InteropServices;

namespace Orchestrator.Torture.Disk.Vfs;

/// <summary>struct sqlite3_vfs, version 2: https://www.sqlite.org/c3ref/vfs.html</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVfs
{
    public int Version, FileSize, MaxPath;
    public nint Next;
    public byte* Name;
    public nint AppData;
    public delegate* unmanaged[Cdecl]<nint, byte*, NativeFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, int*, int> Access;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, byte*, int> FullPathname;
    public nint DlOpen, DlError, DlSym, DlClose;
    public delegate* unmanaged[Cdecl]<nint, int, byte*, int> Randomness;
    public delegate* unmanaged[Cdecl]<nint, int, int> Sleep;
    public delegate* unmanaged[Cdecl]<nint, double*, int> CurrentTime;
    public delegate* unmanaged[Cdecl]<nint, int, byte*, int> GetLastError;
    public delegate* unmanaged[Cdecl]<nint, long*, int> CurrentTimeInt64;
}

/// <summary>struct sqlite3_file with what this disk adds to it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeMethods* Methods;

    /// <summary>GCHandle of the <see cref="OpenFile"/>.</summary>
    public nint Open;
}

/// <summary>struct sqlite3_io_methods, version 2: https://www.sqlite.org/c3ref/io_methods.html</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<NativeFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<NativeFile*, long*, int> FileSize;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int*, int> CheckReservedLock;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, void*, int> FileControl;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> SectorSize;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> DeviceCharacteristics;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, void**, int> ShmMap;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, int> ShmLock;
    public delegate* unmanaged[Cdecl]<NativeFile*, void> ShmBarrier;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> ShmUnmap;
}
