namespace Orchestrator.Torture.Disk;

internal enum DiskAct
{
    Create,
    Delete,
    Write,
    SetLength,
    Sync,
    SyncNames,
}

/// <summary>What changed a disk. Applied in order to an empty disk they give the same disk.</summary>
/// <param name="File">Files are numbered in the order in which they were made.</param>
/// <param name="Name">Of a file that is made or deleted.</param>
/// <param name="At">Offset of a write, or the new length.</param>
internal sealed record DiskOperation(DiskAct Act, int File, string Name = "", long At = 0, byte[]? Bytes = null)
{
    /// <summary>Works on the bytes of the file alone.</summary>
    public void ApplyTo(ByteImage image)
    {
        if (Act == DiskAct.Write)
        {
            image.Write(At, Bytes);
        }
        else
        {
            image.SetLength(At);
        }
    }
}
