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

    private RunningActivities(ISideFile file, IReadOnlyList<RunningActivity> atCrash)
    {
        _file = file;
        AtCrash = atCrash;
    }

    public IReadOnlyList<RunningActivity> AtCrash { get; }

    public static RunningActivities Open(IHubDisk disk, string path)
    {
        ISideFile file = disk.OpenSide(path);
        byte[] slots = file.ReadAll();
        List<RunningActivity> running = [];
        for (int at = 0; at + SlotSize <= slots.Length; at += SlotSize)
        {
            RunningActivity activity = new(
                BinaryPrimitives.ReadInt64LittleEndian(slots.AsSpan(at)),
                BinaryPrimitives.ReadInt32LittleEndian(slots.AsSpan(at + 8)),
                BinaryPrimitives.ReadInt32LittleEndian(slots.AsSpan(at + 12)));
            if (activity.Instance > 0)
            {
                running.Add(activity);
            }
        }

        return new RunningActivities(file, running);
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

    /// <summary>What ran at the crash is counted, or all ended in order.</summary>
    public void Clear() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();
}

internal sealed record RunningActivity(long Instance, int Run, int TaskId);
