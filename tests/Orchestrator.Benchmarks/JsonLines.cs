using System.Text.Json;

namespace Orchestrator.Benchmarks;

/// <summary>Reads a file of one JSON object per line; unknown fields are ignored.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static IEnumerable<T> Read<T>(FileInfo file)
    {
        foreach (string line in File.ReadLines(file.FullName))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return JsonSerializer.Deserialize<T>(line, Options)!;
            }
        }
    }
}
