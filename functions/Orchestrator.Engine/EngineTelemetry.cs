using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestrator.Engine;

/// <summary>Every name under which the engine reports.</summary>
public static class EngineTelemetry
{
    public const string Name = "Orchestrator.Engine";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Started = Meter.CreateCounter<long>("orchestrations.started", "{instance}");

    internal static readonly Counter<long> Ended = Meter.CreateCounter<long>("orchestrations.ended", "{instance}", "By status.");

    internal static readonly Counter<long> Replays = Meter.CreateCounter<long>("orchestrations.replayed", "{instance}", "Instances read back from history.");

    internal static readonly UpDownCounter<long> Resident = Meter.CreateUpDownCounter<long>("orchestrations.resident", "{instance}", "Instances in memory.");

    internal static readonly Histogram<double> ActivityDuration = Meter.CreateHistogram<double>("activities.duration", "ms", "By activity and outcome.");

    internal static readonly Counter<long> Commits = Meter.CreateCounter<long>("hub.commits", "{commit}");

    internal static readonly Histogram<int> CommitSize = Meter.CreateHistogram<int>("hub.commit.size", "{write}", "Writes that shared one commit.");

    internal static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>("hub.commit.duration", "ms");

    internal static readonly Gauge<long> LogSize = Meter.CreateGauge<long>("hub.log.size", "By", "The write-ahead log; it grows while a reader keeps an old state of the file open.");

    internal static void RecordEnd(Agents.Durability.OrchestrationRuntimeStatus status) =>
        Ended.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));
}
