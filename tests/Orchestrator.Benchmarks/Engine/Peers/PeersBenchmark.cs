using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Peers;

/// <summary>Ours and what people run today on the same shape, in turns in one run: a machine's mood then falls on all alike, and ratios hold.</summary>
internal static class PeersBenchmark
{
    /// <summary>Tracing slows the peers, and what is counted is a mean.</summary>
    private const int MostTraced = 500;

    public static readonly IReadOnlyList<string> NotComparable =
    [
        "ours runs in the process that uses it, over a file",
        "restate is three processes that speak HTTP: server, service and client",
        "dbos runs in the process that uses it, over loopback to PostgreSQL",
        "every engine syncs as it does by default; ours also chains a hash over its history",
        "memory is the engine's processes: ours with its client, restate's server and service without the client, dbos's node and PostgreSQL",
    ];

    public static async Task<Dictionary<string, object?>> MeasureAsync(int instances, int inFlight, int rounds, string? under)
    {
        using Scratch scratch = new(under);
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL does not run as root and has to get at its folder.
            File.SetUnixFileMode(scratch.Path, File.GetUnixFileMode(scratch.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        IReadOnlyList<Peer> peers = [Peer.Ours(), .. await PeerInstallation.RunAsync(scratch.NewFolder())];
        Dictionary<string, string> missing = peers.Where(peer => peer.Missing is not null).ToDictionary(peer => peer.Name, peer => peer.Missing!);
        Dictionary<string, List<ShapeRound>> done = peers.ToDictionary(peer => peer.Name, _ => new List<ShapeRound>());
        Dictionary<string, TracedRound?> traced = [];
        for (int i = 1; i <= rounds; i++)
        {
            foreach (Peer peer in peers)
            {
                await TakeTurnAsync(peer, i);
            }
        }

        foreach (Peer peer in peers.Where(peer => !missing.ContainsKey(peer.Name)))
        {
            string folder = scratch.NewFolder();
            traced[peer.Name] = await TracedRound.RunAsync(folder, peer.Command(folder, Math.Min(instances, MostTraced), inFlight, 0));
        }

        Dictionary<string, object?> report = peers.ToDictionary(peer => peer.Name, peer => missing.ContainsKey(peer.Name) ? null : (object?)Report(peer));
        report["ratios"] = peers.Skip(1).ToDictionary(peer => peer.Name, peer => missing.ContainsKey(peer.Name) ? null : PeerRatios.Of(done["ours"], done[peer.Name], traced["ours"], traced[peer.Name]));
        report["ratios_are"] = "ours divided by theirs";
        report["missing"] = missing;
        report["not_comparable"] = NotComparable;
        report["machine"] = Disk.Describe(scratch.Path);
        return report;

        async Task TakeTurnAsync(Peer peer, int round)
        {
            if (missing.TryGetValue(peer.Name, out string? why))
            {
                Progress.Say($"peers: {peer.Name} is left out: {why}");
                return;
            }

            try
            {
                string folder = scratch.NewFolder();
                done[peer.Name].Add(await ChildRound.RunAsync(peer.Command(folder, instances, inFlight, RefundShapeBenchmark.WarmUp)));
                Progress.Say(string.Create(CultureInfo.InvariantCulture, $"peers: round {round} of {rounds}: {peer.Name} {done[peer.Name][^1].PerSecond:F0}/s"));
            }
            catch (ChildFailedException failure) when (peer.Name != "ours")
            {
                missing[peer.Name] = failure.Message;
            }
        }

        Dictionary<string, object?> Report(Peer peer)
        {
            Dictionary<string, object?> one = RefundShapeBenchmark.Report(done[peer.Name], traced[peer.Name], machine: null);
            return peer.Version is null ? one : new(one) { ["version"] = peer.Version };
        }
    }
}
