using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Peers;

/// <summary>An engine that takes its turn.</summary>
/// <param name="Missing">Why it cannot, when it cannot.</param>
/// <param name="Command">What runs one round in a process of its own, given its empty folder, instances, calls in flight and warm-up.</param>
internal sealed record Peer(string Name, string? Version, string? Missing, Func<string, int, int, int, IReadOnlyList<string>> Command)
{
    public static Peer Ours() => new("ours", null, null, (folder, instances, inFlight, warmUp) => ["dotnet", ChildRound.Assembly, .. ChildRound.Arguments(folder, instances, inFlight, warmUp)]);

    public static Peer Script(string name, string version, string? missing, string script) => new(name, version, missing, (folder, instances, inFlight, warmUp) =>
        ["node", "--expose-gc", script, folder, Text(instances), Text(inFlight), Text(warmUp)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
