namespace Orchestrator.Sandbox.Mail;

/// <summary>Lines of an SMTP conversation, as bytes.</summary>
internal sealed class SmtpLines(Stream stream)
{
    public const int LongestCommand = 12 * 1024;
    private const int LongestText = 1 << 20;
    private readonly byte[] _piece = new byte[8 * 1024];
    private int _start;
    private int _end;

    /// <returns>The line without its end, or null when the other side has left or the line is too long.</returns>
    public async Task<byte[]?> ReadAsync(int longest, CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_piece, cancellation));
                if (_end == 0)
                {
                    return null;
                }
            }

            int found = Array.IndexOf(_piece, (byte)'\n', _start, _end - _start);
            int stop = found < 0 ? _end : found;
            line.Write(_piece.AsSpan(_start, stop - _start));
            _start = found < 0 ? _end : found + 1;
            if (line.Length > longest)
            {
                return null;
            }

            if (found >= 0)
            {
                byte[] bytes = line.ToArray();
                return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
            }
        }
    }

    /// <summary>Reads to the line that is a single dot, undoing dot-stuffing.</summary>
    /// <returns>The mail, or null when it was larger than <paramref name="limit"/>; it is read to its end even then.</returns>
    public async Task<byte[]?> ReadDataAsync(int limit, CancellationToken cancellation)
    {
        using var mail = new MemoryStream();
        bool fits = true;
        while (true)
        {
            byte[] line = await ReadAsync(LongestText, cancellation) ?? throw new IOException("The connection ended within a mail.");
            if (line is [(byte)'.'])
            {
                return fits ? mail.ToArray() : null;
            }

            int skip = line is [(byte)'.', ..] ? 1 : 0;
            fits = fits && mail.Length + line.Length + 2 <= limit;
            if (fits)
            {
                mail.Write(line.AsSpan(skip));
                mail.Write("\r\n"u8);
            }
        }
    }
}
