using System.CommandLine;

namespace Orchestrator.Torture.Parking;

/// <summary><c>parked</c>: kill -9 over many waiting instances.</summary>
internal static class ParkedVerb
{
    public static Command Create()
    {
        Option<int> instances = new("--instances") { Description = "How many wait.", DefaultValueFactory = _ => 100_000 };
        Option<int> seed = new("--seed") { Description = "Chooses which go on first.", DefaultValueFactory = _ => 1 };
        Command command = new("parked", "Kills a process that many instances wait in, and measures how soon the next one goes on.") { instances, seed };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(instances), parsed.GetValue(seed)));
        return command;
    }

    private static async Task<int> RunAsync(int instances, int seed)
    {
        ParkedRun run = await ParkedRun.RunAsync(instances, seed, new Progress().Say);
        Console.WriteLine($"parked: {instances} waiting, {run}, seed {seed}");
        return run.MeetsItsBounds ? 0 : 1;
    }
}
