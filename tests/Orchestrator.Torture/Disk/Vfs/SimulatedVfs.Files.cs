using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Orchestrator.Torture.Disk.Vfs;

internal static unsafe partial class SimulatedVfs
{
    private const int PowersafeOverwrite = 0x1000;

    // What SQLite's Unix VFS says of every disk.
    private const int DefaultSectorSize = 4096;

    private const int ShmUnlockFlag = 1, ShmExclusiveFlag = 8;

    private static NativeMethods* MakeMethods()
    {
        NativeMethods* methods = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        *methods = new NativeMethods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &Lock,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };
        return methods;
    }

    private static OpenFile Of(NativeFile* native) => (OpenFile)GCHandle.FromIntPtr(native->Open).Target!;

    private static int Code(DiskAnswer answer, int down) => answer switch
    {
        DiskAnswer.Done => raw.SQLITE_OK,
        DiskAnswer.Full => raw.SQLITE_FULL,
        DiskAnswer.SyncFailed => raw.SQLITE_IOERR_FSYNC,
        _ => down,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* native)
    {
        Of(native).Close();
        GCHandle.FromIntPtr(native->Open).Free();
        native->Methods = null;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* native, byte* target, int amount, long offset) => Of(native).Read(offset, new Span<byte>(target, amount)) switch
    {
        null => raw.SQLITE_IOERR_READ,
        int read when read == amount => raw.SQLITE_OK,
        _ => raw.SQLITE_IOERR_SHORT_READ,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* native, byte* source, int amount, long offset) =>
        Code(Of(native).Write(offset, new ReadOnlySpan<byte>(source, amount)), raw.SQLITE_IOERR_WRITE);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* native, long length) => Code(Of(native).Truncate(length), raw.SQLITE_IOERR_TRUNCATE);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* native, int flags) => Code(Of(native).Sync(), raw.SQLITE_IOERR_FSYNC);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(NativeFile* native, long* size)
    {
        if (Of(native).Length() is not { } length)
        {
            return raw.SQLITE_IOERR_FSTAT;
        }

        *size = length;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* native, int level) => Of(native).TryLock(level) switch
    {
        true => raw.SQLITE_OK,
        false => raw.SQLITE_BUSY,
        null => raw.SQLITE_IOERR_LOCK,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeFile* native, int level)
    {
        Of(native).Unlock(level);
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(NativeFile* native, int* answer)
    {
        *answer = Of(native).IsReserved() ? 1 : 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(NativeFile* native, int operation, void* argument) => raw.SQLITE_NOTFOUND;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* native) => DefaultSectorSize;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(NativeFile* native) => PowersafeOverwrite;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(NativeFile* native, int region, int size, int extend, void** target)
    {
        nint? mapped = Of(native).MapShared(region, size, extend != 0);
        *target = (void*)(mapped ?? 0);
        return mapped is null ? raw.SQLITE_IOERR_SHMMAP : raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(NativeFile* native, int first, int count, int flags)
    {
        OpenFile file = Of(native);
        if ((flags & ShmUnlockFlag) != 0)
        {
            file.UnlockShared(first, count);
            return raw.SQLITE_OK;
        }

        return file.TryLockShared(first, count, (flags & ShmExclusiveFlag) != 0) switch
        {
            true => raw.SQLITE_OK,
            false => raw.SQLITE_BUSY,
            null => raw.SQLITE_IOERR_SHMLOCK,
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(NativeFile* native) => Interlocked.MemoryBarrier();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(NativeFile* native, int delete)
    {
        Of(native).UnmapShared();
        return raw.SQLITE_OK;
    }
}
