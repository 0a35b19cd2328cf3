using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.Benchmarks.Product;

/// <summary>From starting the process to its ready line, everything in one process as a newcomer starts it: first on a new state folder, then on the same again.</summary>
internal static class ColdStart
{
    public static async Task<Dictionary<string, object?>> MeasureAsync(int times)
    {
        string folder = Repository.NewFolder();
        try
        {
            List<long> ready = [];
            for (int i = 0; i <= times; i++)
            {
                await using ChildProcess process = ChildProcess.Start(Repository.Head, ["--state", Path.Combine(folder, "state"), "--log-format", "json"]);
                string line = await process.WaitForLineAsync(line => line.Contains("\"ready\"", StringComparison.Ordinal), Eventually.Patience);
                ready.Add(JsonNode.Parse(line)!["readyAfterMilliseconds"]!.GetValue<long>());
                await Console.Error.WriteLineAsync($"cold-start: ready after {ready[^1]} ms");
            }

            List<long> again = [.. ready.Skip(1).Order()];
            return new() { ["first_ms"] = ready[0], ["again_ms"] = new Dictionary<string, long> { ["p50"] = again[again.Count / 2], ["max"] = again[^1] }, ["starts"] = times + 1, ["machine"] = Machine.Describe() };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
