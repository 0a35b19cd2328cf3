using System.Runtime.InteropServices;

namespace Orchestrator.Torture.Disk.Vfs;

/// <summary>A log's index, shared by the connections of one process, and its eight locks: https://www.sqlite.org/walformat.html. Used within the disk's gate.</summary>
internal sealed unsafe class SharedMemory
{
    public const int Slots = 8;

    private readonly List<nint> _regions = [];
    private readonly int[] _shared = new int[Slots];
    private readonly OpenFile?[] _exclusive = new OpenFile?[Slots];

    public int Users { get; set; }

    /// <summary>Zero when it is not there and is not to be made.</summary>
    public nint Map(int region, int size, bool extend)
    {
        while (extend && _regions.Count <= region)
        {
            _regions.Add((nint)NativeMemory.AllocZeroed((nuint)size));
        }

        return region < _regions.Count ? _regions[region] : 0;
    }

    public bool TryLock(OpenFile who, int first, int count, bool exclusive)
    {
        for (int slot = first; slot < first + count; slot++)
        {
            bool mine = (who.SharedSlots & (1 << slot)) != 0;
            if ((_exclusive[slot] is { } owner && owner != who) || (exclusive && _shared[slot] > (mine ? 1 : 0)))
            {
                return false;
            }
        }

        for (int slot = first; slot < first + count; slot++)
        {
            if (exclusive)
            {
                _exclusive[slot] = who;
            }
            else if ((who.SharedSlots & (1 << slot)) == 0)
            {
                _shared[slot]++;
                who.SharedSlots |= 1 << slot;
            }
        }

        return true;
    }

    public void Unlock(OpenFile who, int first, int count)
    {
        for (int slot = first; slot < first + count; slot++)
        {
            if (_exclusive[slot] == who)
            {
                _exclusive[slot] = null;
            }

            if ((who.SharedSlots & (1 << slot)) != 0)
            {
                _shared[slot]--;
                who.SharedSlots &= ~(1 << slot);
            }
        }
    }

    public void Free()
    {
        _regions.ForEach(region => NativeMemory.Free((void*)region));
        _regions.Clear();
    }
}
