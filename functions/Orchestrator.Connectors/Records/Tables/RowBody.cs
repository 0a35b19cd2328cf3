using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>A stored message in a row: JSON, Brotli, in as many binary properties as it takes. A property holds 64 KiB, a row 1 MiB.</summary>
internal static class RowBody
{
    private const int PropertySize = 64 * 1024;
    private const int LargestBody = 14 * PropertySize;

    /// <param name="what">For the message: <c>the mail that opens case 'case-1'</c>.</param>
    /// <exception cref="PermanentFailureException">It is larger than a row can hold.</exception>
    public static byte[] Pack<T>(T value, JsonTypeInfo<T> type, string what)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value, type);
        }

        return packed.Length <= LargestBody
            ? packed.ToArray()
            : throw new PermanentFailureException($"{what} takes {packed.Length / 1024} KiB compressed; a row of Azure Table Storage holds {LargestBody / 1024} KiB of it. Nothing was stored: shorten it, or handle it by hand.", "too_large");
    }

    public static void Put(TableEntity row, byte[] packed)
    {
        for (int number = 0; number * PropertySize < packed.Length; number++)
        {
            row[Property(number)] = packed.AsSpan(number * PropertySize, Math.Min(PropertySize, packed.Length - (number * PropertySize))).ToArray();
        }
    }

    /// <exception cref="PermanentFailureException">The row is damaged.</exception>
    public static T Read<T>(TableEntity row, JsonTypeInfo<T> type)
        where T : class
    {
        using var packed = new MemoryStream();
        for (int number = 0; row.TryGetValue(Property(number), out object? part) && part is byte[] bytes; number++)
        {
            packed.Write(bytes);
        }

        packed.Position = 0;
        try
        {
            using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
            return JsonSerializer.Deserialize(brotli, type) ?? throw new InvalidDataException();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            // Without the exception itself, which quotes what it could not read.
            throw new PermanentFailureException($"Row '{row.RowKey}' of partition '{row.PartitionKey}' is damaged: somebody changed it by hand. Restore the table from a backup.", "damaged");
        }
    }

    private static string Property(int number) => "Body" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
