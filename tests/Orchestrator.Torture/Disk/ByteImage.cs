namespace Orchestrator.Torture.Disk;

/// <summary>The bytes of a file. What was never written reads as zero.</summary>
internal sealed class ByteImage
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, Length);

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        int end = checked((int)offset + bytes.Length);
        SetLength(Math.Max(Length, end));
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    public void SetLength(long length)
    {
        int wanted = checked((int)length);
        if (wanted > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(wanted, 2 * _bytes.Length));
        }

        if (wanted < Length)
        {
            _bytes.AsSpan(wanted, Length - wanted).Clear();
        }

        Length = wanted;
    }

    /// <summary>Gives how many of the bytes wanted there are; the rest of the target is zeroed.</summary>
    public int Read(long offset, Span<byte> target)
    {
        int there = (int)Math.Clamp(Length - offset, 0, target.Length);
        _bytes.AsSpan((int)Math.Min(offset, Length), there).CopyTo(target);
        target[there..].Clear();
        return there;
    }

    public void CopyFrom(ByteImage other)
    {
        SetLength(0);
        Write(0, other.Content);
    }
}
