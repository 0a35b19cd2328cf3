using System.CommandLine;

namespace Orchestrator.Torture.InFlight;

/// <summary><c>in-flight</c>: kill -9 over many running and queued activities.</summary>
internal static class InFlightVerb
{
    public static Command Create()
    {
        Option<int> activities = new("--activities") { Description = "How many are in flight at the kill.", DefaultValueFactory = _ => 10_000 };
        Command command = new("in-flight", "Kills a process with many activities in flight and measures how the next one drains them.") { activities };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(activities)));
        return command;
    }

    private static async Task<int> RunAsync(int activities)
    {
        InFlightRun run = await InFlightRun.RunAsync(activities);
        Console.WriteLine($"in-flight: {run}");
        return run.MeetsItsBounds ? 0 : 1;
    }
}
