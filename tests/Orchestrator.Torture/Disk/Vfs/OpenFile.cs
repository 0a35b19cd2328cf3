namespace Orchestrator.Torture.Disk.Vfs;

/// <summary>A file as one connection has it open.</summary>
/// <param name="disk">Null for a temporary file, which no crash and no fault concerns.</param>
internal sealed class OpenFile(SimulatedDisk? disk, SimulatedFile file, int flags)
{
    public const int ReadOnly = 0x1, DeleteOnClose = 0x8, Create = 0x4;

    // Main journal, super-journal, log: their directory is synced with their first sync, as os_unix.c does.
    private const int Journals = 0x800 | 0x4000 | 0x80000;

    private readonly int _generation = disk?.Generation ?? 0;
    private SharedMemory? _memory;

    /// <summary>A bit for each lock of the shared memory that is held together with others.</summary>
    public int SharedSlots { get; set; }

    private bool IsAlive => disk is null || (disk.Generation == _generation && !disk.IsDown);

    public int? Read(long offset, Span<byte> target) => disk is null ? file.Current.Read(offset, target) : disk.Read(file, _generation, offset, target);

    public DiskAnswer Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (disk is not null)
        {
            return (flags & ReadOnly) != 0 ? DiskAnswer.Down : disk.Write(file, _generation, offset, bytes);
        }

        file.Current.Write(offset, bytes);
        return DiskAnswer.Done;
    }

    public DiskAnswer Truncate(long length)
    {
        if (disk is not null)
        {
            return (flags & ReadOnly) != 0 ? DiskAnswer.Down : disk.SetLength(file, _generation, length);
        }

        file.Current.SetLength(length);
        return DiskAnswer.Done;
    }

    public DiskAnswer Sync() => disk is null ? DiskAnswer.Done : disk.Sync(file, _generation, (flags & Journals) != 0);

    public long? Length() => disk is null ? file.Current.Length : disk.Length(file, _generation);

    /// <summary>Null when the process has ended.</summary>
    public bool? TryLock(int level) => Gated(() => IsAlive ? file.Locks.TryLock(this, level) : (bool?)null);

    public void Unlock(int level) => Gated(() =>
    {
        if (IsAlive)
        {
            file.Locks.Unlock(this, level);
        }

        return true;
    });

    public bool IsReserved() => Gated(() => file.Locks.IsReserved);

    /// <summary>Null when the process has ended.</summary>
    public nint? MapShared(int region, int size, bool extend) => Gated<nint?>(() =>
    {
        if (_memory is null)
        {
            if (!IsAlive)
            {
                return null;
            }

            _memory = file.Shared ??= new SharedMemory();
            _memory.Users++;
        }

        return _memory.Map(region, size, extend);
    });

    /// <summary>Null when the process has ended.</summary>
    public bool? TryLockShared(int first, int count, bool exclusive) =>
        Gated(() => IsAlive ? _memory!.TryLock(this, first, count, exclusive) : (bool?)null);

    public void UnlockShared(int first, int count) => Gated(() =>
    {
        _memory?.Unlock(this, first, count);
        return true;
    });

    public void UnmapShared() => Gated(() =>
    {
        if (_memory is { } memory)
        {
            _memory = null;
            memory.Unlock(this, 0, SharedMemory.Slots);
            if (--memory.Users == 0)
            {
                memory.Free();
                file.Shared = file.Shared == memory ? null : file.Shared;
            }
        }

        return true;
    });

    public void Close()
    {
        UnmapShared();
        Unlock(FileLocks.None);
    }

    private T Gated<T>(Func<T> act)
    {
        if (disk is null)
        {
            return act();
        }

        lock (disk.Gate)
        {
            return act();
        }
    }
}
