using System.Buffers.Binary;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Activities;

/// <summary>
/// Which activities run right now, in a small file that outlives the process: what it names on the next start was running at the crash.
/// It is written through the system's cache without a sync, for it is the process's end that counts here, not the machine's.
/// </summary>
internal sealed class RunningActivities : IDisposable
{
    private const int SlotSize = 16;

    private readonly ISideFile _file;
    private readonly int _slots;

    private RunningActivities(ISideFile file, int slots, IReadOnlyList<RunningActivity> atCrash)
    {
        (_file, _slots) = (file, slots);
        AtCrash = atCrash;
    }

    public IReadOnlyList<RunningActivity> AtCrash { get; }

    /// <param name="slots">How many run at once at the most.</param>
    public static RunningActivities Open(IHubDisk disk, string path, int slots)
    {
        ISideFile file = disk.OpenSide(path);
        byte[] marks = file.ReadAll();
        List<RunningActivity> running = [];
        for (int at = 0; at + SlotSize <= marks.Length; at += SlotSize)
        {
            RunningActivity activity = new(
                BinaryPrimitives.ReadInt64LittleEndian(marks.AsSpan(at)),
                BinaryPrimitives.ReadInt32LittleEndian(marks.AsSpan(at + 8)),
                BinaryPrimitives.ReadInt32LittleEndian(marks.AsSpan(at + 12)));
            if (activity.Instance > 0)
            {
                running.Add(activity);
            }
        }

        return new RunningActivities(file, slots, running);
    }

    public void Enter(int slot, RunningActivity activity)
    {
        Span<byte> mark = stackalloc byte[SlotSize];
        BinaryPrimitives.WriteInt64LittleEndian(mark, activity.Instance);
        BinaryPrimitives.WriteInt32LittleEndian(mark[8..], activity.Run);
        BinaryPrimitives.WriteInt32LittleEndian(mark[12..], activity.TaskId);
        _file.Write((long)slot * SlotSize, mark);
    }

    public void Leave(int slot) => _file.Write((long)slot * SlotSize, stackalloc byte[SlotSize]);

    /// <summary>What ran at the crash is counted, or all ended in order. Every slot is there from then on, so that no mark needs room on a disk that has filled up.</summary>
    public void Clear()
    {
        _file.Write(0, new byte[_slots * SlotSize]);
        _file.SetLength((long)_slots * SlotSize);
    }

    public void Dispose() => _file.Dispose();
}

internal sealed record RunningActivity(long Instance, int Run, int TaskId);
