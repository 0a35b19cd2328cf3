using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Peers;

/// <summary>The same object as a table for people, in Markdown.</summary>
internal static class PeersTable
{
    private static readonly string[] Engines = ["ours", "restate", "dbos"];

    public static void Write(TextWriter to, Dictionary<string, object?> report)
    {
        var ours = (Dictionary<string, object?>)report["ours"]!;
        var ratios = (Dictionary<string, Dictionary<string, object?>?>)report["ratios"]!;
        to.WriteLine("| | ours | Restate | DBOS | ours / Restate | ours / DBOS |");
        to.WriteLine("|---|---|---|---|---|---|");
        Row("orchestrations/s", "overall_per_s");
        foreach (string inFlight in ((Dictionary<string, Dictionary<string, double>>)ours["event_to_completed_ms"]!).Keys)
        {
            foreach (string percentile in (string[])["p50", "p99"])
            {
                Row($"event to completed, {inFlight} in flight, {percentile}, ms", "event_to_completed_ms", inFlight, percentile);
            }
        }

        Row($"memory, {ours["instances"]} parked, MB", "rss_parked_mb");
        Row("fdatasync per orchestration", "fdatasync_per_orchestration");
        Row("wrong results", "wrong_results");
        to.WriteLine();
        foreach (string engine in Engines.Skip(1))
        {
            to.WriteLine(report[engine] is Dictionary<string, object?> peer ? $"{engine}: {peer["version"]}" : $"{engine}: left out: {((Dictionary<string, string>)report["missing"]!)[engine]}");
        }

        foreach (string line in PeersBenchmark.NotComparable)
        {
            to.WriteLine($"- {line}");
        }

        to.WriteLine(Disk.Caption((Dictionary<string, object?>)report["machine"]!));

        void Row(string name, params string[] path)
        {
            IEnumerable<string> figures = Engines.Select(engine => Text(At(report[engine], path)));
            IEnumerable<string> divided = Engines.Skip(1).Select(engine => Text(At(ratios[engine], path)));
            to.WriteLine($"| {name} | {string.Join(" | ", figures.Concat(divided))} |");
        }
    }

    private static object? At(object? figures, IEnumerable<string> path) => path.Aggregate(figures, (at, name) => at switch
    {
        Dictionary<string, object?> named => named.GetValueOrDefault(name),
        Dictionary<string, Dictionary<string, double>> nested => nested.GetValueOrDefault(name),
        Dictionary<string, double> leaves => leaves.TryGetValue(name, out double leaf) ? leaf : null,
        _ => null,
    });

    private static string Text(object? figure) => Convert.ToString(figure, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "–";
}
