using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Torture.Disk;

/// <summary>A side file as <see cref="ISideFile"/> promises it: its name is durable with its first flush.</summary>
internal sealed class SimulatedSideFile(SimulatedDisk disk, SimulatedFile file) : ISideFile
{
    private const int NoSpaceLeft = 28;
    private const int InputOutputError = 5;

    private readonly int _generation = disk.Generation;

    public byte[] ReadAll()
    {
        byte[] bytes = new byte[disk.Length(file, _generation) ?? throw Broken(DiskAnswer.Down)];
        disk.Read(file, _generation, 0, bytes);
        return bytes;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => Check(disk.Write(file, _generation, offset, bytes));

    public void SetLength(long length) => Check(disk.SetLength(file, _generation, length));

    public void Flush() => Check(disk.Sync(file, _generation, withName: true));

    public void Dispose()
    {
        // There is nothing to close.
    }

    private static void Check(DiskAnswer answer)
    {
        if (answer != DiskAnswer.Done)
        {
            throw Broken(answer);
        }
    }

    private static IOException Broken(DiskAnswer answer) => answer switch
    {
        DiskAnswer.Full => new IOException("No space left on the simulated disk.", NoSpaceLeft),
        DiskAnswer.SyncFailed => new IOException("The simulated disk could not write what it had in its cache.", InputOutputError),
        _ => new IOException("The simulated process has ended.", InputOutputError),
    };
}
