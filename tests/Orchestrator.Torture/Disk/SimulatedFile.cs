using Orchestrator.Torture.Disk.Vfs;

namespace Orchestrator.Torture.Disk;

/// <summary>A file as the system's cache has it, as the platter has it, and the changes between the two.</summary>
internal sealed class SimulatedFile(int number)
{
    private const int Sector = 512;

    private readonly ByteImage _durable = new();
    private readonly List<DiskOperation> _unsynced = [];
    private bool _lost;

    public int Number => number;

    public ByteImage Current { get; } = new();

    public FileLocks Locks { get; } = new();

    public SharedMemory? Shared { get; set; }

    public void Change(DiskOperation change)
    {
        change.ApplyTo(Current);
        _unsynced.Add(change);
    }

    public void Sync()
    {
        _unsynced.ForEach(change => change.ApplyTo(_durable));
        _unsynced.Clear();
    }

    /// <summary>A sync failed: the cache takes these changes for written from now on, and they are not (https://wiki.postgresql.org/wiki/Fsync_Errors).</summary>
    public void LoseUnsynced()
    {
        _lost |= _unsynced.Count > 0;
        _unsynced.Clear();
    }

    /// <summary>The cache gives up what it takes for written; the next read shows what is.</summary>
    public void DropCache()
    {
        if (_lost)
        {
            _lost = false;
            Current.CopyFrom(_durable);
            _unsynced.ForEach(change => change.ApplyTo(Current));
        }
    }

    /// <summary>Of the changes not synced any may be there, in any mixture of sectors; a length may be there without its bytes.</summary>
    public void LosePower(Random random)
    {
        int kept = random.Next(4) switch { 0 => 0, 1 => 100, _ => random.Next(101) };
        int torn = random.Next(2) == 0 ? random.Next(_unsynced.Count + 1) : -1;
        for (int index = 0; index < _unsynced.Count; index++)
        {
            DiskOperation change = _unsynced[index];
            if (index == torn && change.Act == DiskAct.Write)
            {
                Tear(change, random);
            }
            else if (random.Next(100) < kept)
            {
                change.ApplyTo(_durable);
            }
            else if (change.Act == DiskAct.Write && change.At + change.Bytes!.Length > _durable.Length && random.Next(4) == 0)
            {
                _durable.SetLength(change.At + change.Bytes.Length);
            }
        }

        _unsynced.Clear();
        _lost = false;
        Current.CopyFrom(_durable);
    }

    private void Tear(DiskOperation write, Random random)
    {
        for (int at = 0; at < write.Bytes!.Length; at += Sector)
        {
            if (random.Next(2) == 0)
            {
                _durable.Write(write.At + at, write.Bytes.AsSpan(at, Math.Min(Sector, write.Bytes.Length - at)));
            }
        }
    }
}
