using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Agents.Durability;

/// <summary>Writes values as JSON, and gives up on one far over the limit before it costs memory and time that others feel. Each thread keeps its buffer.</summary>
internal sealed class BoundedJson : IBufferWriter<byte>
{
    private const int Kept = 64 * 1_024;

    // A writer asks for the room that a text takes at worst, six bytes for each of its letters, and what is just over the limit is to be counted.
    private const int Slack = 8;

    [ThreadStatic]
    private static BoundedJson? s_kept;

    private byte[] _buffer = new byte[1_024];
    private int _end;
    private long _limit;

    /// <exception cref="PayloadTooLargeException">It takes far more than <paramref name="limit"/> bytes.</exception>
    public static string Write<T>(T value, JsonTypeInfo<T> type, long limit) => (s_kept ??= new BoundedJson()).WriteHere(value, type, limit);

    public void Advance(int count)
    {
        _end += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_end + (long)sizeHint > (_limit * Slack) + Kept)
        {
            throw new TooLargeException();
        }

        if (_buffer.Length - _end < Math.Max(sizeHint, 256))
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(2L * _buffer.Length, _end + (long)Math.Max(sizeHint, 256))));
        }

        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private string WriteHere<T>(T value, JsonTypeInfo<T> type, long limit)
    {
        (_end, _limit) = (0, limit);
        using Utf8JsonWriter json = new(this, new JsonWriterOptions { Encoder = type.Options.Encoder, Indented = type.Options.WriteIndented, SkipValidation = true });
        try
        {
            JsonSerializer.Serialize(json, value, type);
            json.Flush();
            return Encoding.UTF8.GetString(_buffer, 0, _end);
        }
        catch (TooLargeException)
        {
            throw new PayloadTooLargeException($"A value of type {typeof(T).Name}", $"more than {limit:N0} bytes", limit);
        }
        finally
        {
            if (_buffer.Length > Kept)
            {
                _buffer = new byte[1_024];
            }
        }
    }

#pragma warning disable CA1032, CA1064 // It never leaves this class.
    private sealed class TooLargeException : Exception;
#pragma warning restore CA1032, CA1064
}
