using System.CommandLine;
using Orchestrator.Benchmarks.Engine.Growth;
using Orchestrator.Benchmarks.Engine.Peers;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>How fast the engine is. Every verb prints one object on standard output and its progress on standard error.</summary>
internal static class EngineVerbs
{
    private static readonly Option<int> Instances = new("--instances") { Description = "How many orchestrations.", DefaultValueFactory = _ => 2000 };
    private static readonly Option<int> InFlight = new("--in-flight") { Description = "Calls that the client holds open at once.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Each on a fresh file; the figures are medians.", DefaultValueFactory = _ => 3 };
    private static readonly Option<string?> Folder = new("--folder") { Description = "A folder on the disk to measure; the system's temporary one by default." };

    public static IEnumerable<Command> All(Option<string> output)
    {
        yield return Measuring("refund-shape", "Orchestrations of 5 activities, an event and 2 activities: start all, raise all, await all.", output, [Instances, InFlight, Rounds, Folder], parsed =>
            RefundShapeBenchmark.MeasureAsync(parsed.GetValue(Instances), parsed.GetValue(InFlight), parsed.GetValue(Rounds), parsed.GetValue(Folder)));
        yield return Measuring("peers", "The refund shape on ours, Restate and DBOS in turns, with ratios.", output, [Instances, InFlight, Rounds, Folder], parsed =>
            PeersBenchmark.MeasureAsync(parsed.GetValue(Instances), parsed.GetValue(InFlight), parsed.GetValue(Rounds), parsed.GetValue(Folder)), PeersTable.Write);
        Option<int> parked = new("--instances") { Description = "How many wait.", DefaultValueFactory = _ => 100_000 };
        yield return Measuring("parked", "Many wait for an event, kill -9, restart: how long until ready and until one completes.", output, [parked, Folder], parsed =>
            ParkedBenchmark.MeasureAsync(parsed.GetValue(parked), parsed.GetValue(Folder)));
        Option<int> rows = new("--rows") { Description = "The longest history.", DefaultValueFactory = _ => 10_000 };
        yield return Measuring("replay", "An event for an instance that is not in memory, by the length of its history.", output, [rows, Folder], parsed =>
            ReplayBenchmark.MeasureAsync(parsed.GetValue(rows), parsed.GetValue(Folder)));
        Option<FileInfo?> chart = new("--chart") { Description = "An SVG file to draw them to." };
        yield return Measuring("growth", "The figures of the other verbs at 10, 100, … instances and rows of history.", output, [parked, rows, chart, Folder], parsed =>
            GrowthBenchmark.MeasureAsync(parsed.GetValue(parked), parsed.GetValue(rows), parsed.GetValue(chart), parsed.GetValue(Folder)));
        yield return Round();
        yield return Child(ParkedBenchmark.StartVerb, ParkedBenchmark.StartAsync);
        yield return Child(ParkedBenchmark.RestartVerb, ParkedBenchmark.RestartAsync);
    }

    private static Command Measuring(string name, string does, Option<string> output, IReadOnlyList<Option> options, Func<ParseResult, Task<Dictionary<string, object?>>> measure, Action<TextWriter, Dictionary<string, object?>>? table = null)
    {
        Command command = new(name, does) { output };
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            Dictionary<string, object?> results = await measure(parsed);
            if (parsed.GetValue(output) == "json")
            {
                Report.Write(Console.Out, results, json: true);
            }
            else
            {
                (table ?? TextTable.Write)(Console.Out, results);
            }

            return results.GetValueOrDefault("wrong_results") is > 0 ? 1 : 0;
        });
        return command;
    }

    private static Command Round()
    {
        Option<int> warmUp = new("--warm-up") { DefaultValueFactory = _ => RefundShapeBenchmark.WarmUp };
        Option<string> folder = new("--folder") { Required = true };
        Command command = new(ChildRound.Verb, "One round in this process, for the other verbs.") { folder, Instances, InFlight, warmUp };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            string path = parsed.GetRequiredValue(folder);
            if (parsed.GetValue(warmUp) is > 0 and int instances)
            {
                await ShapeRound.WarmUpAsync(Path.Combine(path, "warm-up"), instances, parsed.GetValue(InFlight));
            }

            Console.WriteLine(ChildRound.Print(await ShapeRound.RunAsync(path, parsed.GetValue(Instances), parsed.GetValue(InFlight))));
            return 0;
        });
        return command;
    }

    private static Command Child(string name, Func<string, int, Task> run)
    {
        Option<string> path = new("--path") { Required = true };
        Command command = new(name, "A process of another verb.") { path, Instances };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await run(parsed.GetRequiredValue(path), parsed.GetValue(Instances));
            return 0;
        });
        return command;
    }
}
