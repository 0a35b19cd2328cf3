namespace Orchestrator.Torture.Disk;

/// <summary>How the disk answers.</summary>
internal enum DiskAnswer
{
    Done,
    Down,
    Full,
    SyncFailed,
}

internal sealed partial class SimulatedDisk
{
    public DiskAnswer Write(SimulatedFile file, int generation, long offset, ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            if (generation != Generation || !Turn())
            {
                return DiskAnswer.Down;
            }

            if (_capacity != long.MaxValue && offset + bytes.Length > file.Current.Length && Used + offset + bytes.Length - file.Current.Length > _capacity)
            {
                HasFailed = true;
                return DiskAnswer.Full;
            }

            Apply(new DiskOperation(DiskAct.Write, file.Number, At: offset, Bytes: bytes.ToArray()));
            return DiskAnswer.Done;
        }
    }

    public DiskAnswer SetLength(SimulatedFile file, int generation, long length)
    {
        lock (Gate)
        {
            if (generation != Generation || !Turn())
            {
                return DiskAnswer.Down;
            }

            Apply(new DiskOperation(DiskAct.SetLength, file.Number, At: length));
            return DiskAnswer.Done;
        }
    }

    /// <param name="withName">Whether the first sync of a new file makes its name durable too.</param>
    public DiskAnswer Sync(SimulatedFile file, int generation, bool withName)
    {
        lock (Gate)
        {
            if (generation != Generation || !Turn())
            {
                return DiskAnswer.Down;
            }

            Syncs++;
            if (_failSync >= 0 && _failSync-- == 0)
            {
                HasFailed = true;
                file.LoseUnsynced();
                return DiskAnswer.SyncFailed;
            }

            Apply(new DiskOperation(DiskAct.Sync, file.Number));
            if (withName && _unnamed.Contains(file.Number))
            {
                Apply(new DiskOperation(DiskAct.SyncNames, -1));
            }

            return DiskAnswer.Done;
        }
    }

    public int? Read(SimulatedFile file, int generation, long offset, Span<byte> target)
    {
        lock (Gate)
        {
            return generation == Generation && !IsDown ? file.Current.Read(offset, target) : null;
        }
    }

    public long? Length(SimulatedFile file, int generation)
    {
        lock (Gate)
        {
            return generation == Generation && !IsDown ? file.Current.Length : null;
        }
    }

    /// <summary>A file's bytes, to look at or to damage while nobody has it open.</summary>
    public ByteImage? Image(string suffix)
    {
        lock (Gate)
        {
            return _names.TryGetValue(HubPath + suffix, out SimulatedFile? file) ? file.Current : null;
        }
    }
}
