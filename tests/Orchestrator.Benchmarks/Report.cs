using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Benchmarks;

/// <summary>One JSON object, or its lines for people.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter to, Dictionary<string, object?> results, bool json)
    {
        if (json)
        {
            to.WriteLine(JsonSerializer.Serialize(results, Json));
            return;
        }

        foreach ((string name, object? value) in results)
        {
            to.WriteLine(value is IEnumerable and not string ? $"{name}: {JsonSerializer.Serialize(value, Json)}" : string.Create(CultureInfo.InvariantCulture, $"{name}: {value}"));
        }
    }

    /// <summary>Rounded so that reports compare; null when there was nothing to divide by.</summary>
    public static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);

    public static double? F1(double? precision, double? recall) => precision + recall > 0 ? Math.Round(2 * precision!.Value * recall!.Value / (precision.Value + recall.Value), 4) : null;
}
