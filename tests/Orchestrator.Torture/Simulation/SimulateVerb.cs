using System.CommandLine;
using System.Globalization;

namespace Orchestrator.Torture.Simulation;

/// <summary>simulate: many seeds, several at a time; the first that breaks a promise ends it and is printed.</summary>
internal static class SimulateVerb
{
    public static Command Create()
    {
        Option<int> seed = new("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        Option<int> runs = new("--runs") { Description = "How many seeds from there on.", DefaultValueFactory = _ => 2_000 };
        Option<double> minutes = new("--minutes") { Description = "Ends after this time, whatever is left.", DefaultValueFactory = _ => 60 };
        Option<bool> trace = new("--trace") { Description = "Prints each step of each seed to stdout, one seed at a time." };
        Command verb = new("simulate", "Runs the engine on a simulated disk, clock and scheduler, with crashes, losses of power, failing syncs and a full disk drawn from a seed.") { seed, runs, minutes, trace };
        verb.SetAction(parsed =>
        {
            Seeds seeds = new(parsed.GetValue(seed), parsed.GetValue(runs), TimeSpan.FromMinutes(parsed.GetValue(minutes)));
            return parsed.GetValue(trace)
                ? seeds.Run(1, number => Show(SimulationRun.Run(number, Console.Out.WriteLine)))
                : seeds.Run(Environment.ProcessorCount, Same);
        });
        return verb;
    }

    private static string Show(SimulationResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"trace {result.Trace:x16}, {result.Steps} steps, {result.Lives} lives, {result.Activities} activities");

    /// <summary>Each fiftieth seed runs twice and must take the same way.</summary>
    private static string Same(int seed)
    {
        SimulationResult first = SimulationRun.Run(seed);
        if (seed % 50 == 0 && SimulationRun.Run(seed) is var again && again != first)
        {
            throw new BrokenPromiseException($"the seed ran twice and took two ways: {Show(first)}, then {Show(again)}");
        }

        return Show(first);
    }
}
