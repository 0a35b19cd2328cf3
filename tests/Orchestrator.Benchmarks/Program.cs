using System.CommandLine;
using Orchestrator.Benchmarks;
using Orchestrator.Benchmarks.Engine;
using Orchestrator.Benchmarks.Product;

Option<FileInfo> data = new("--data") { Description = "JSON lines to measure against; shapes are in tests/Orchestrator.Benchmarks/JsonLines.cs.", Required = true };
Option<string> output = new("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
output.AcceptOnlyFromAmong("text", "json");
Option<bool> misses = new("--misses") { Description = "Also name what went wrong." };

RootCommand root = new("Measures what the agent understands, and how fast the running product is.");
(string Name, string Does, Func<FileInfo, bool, Dictionary<string, object?>> Measure)[] benchmarks =
[
    ("reading", "Whole mails: refund or not, amount, currency, references, and what must not be acted on.", ReadingBenchmark.Measure),
    ("detection", "Sentences: refund request, near miss or other.", DetectionBenchmark.Measure),
    ("redaction", "Personal data: recall and false positives by type.", RedactionBenchmark.Measure),
    ("replies", "Own words out of replies.", RepliesBenchmark.Measure),
    ("facts", "Order ids, names, zips and addresses out of texts.", FactsBenchmark.Measure),
];
foreach (var (name, does, measure) in benchmarks)
{
    Command command = new(name, does) { data, output, misses };
    command.SetAction(parsed =>
    {
        FileInfo file = parsed.GetRequiredValue(data);
        if (!file.Exists)
        {
            Console.Error.WriteLine($"{name}: not measured, data not at hand: {file.FullName}");
            return 1;
        }

        Console.Error.WriteLine($"{name}: measuring {file.Name}");
        Report.Write(Console.Out, measure(file, parsed.GetValue(misses)), parsed.GetValue(output) == "json");
        return 0;
    });
    root.Subcommands.Add(command);
}

Option<int> rate = new("--per-second") { Description = "Mails a second.", DefaultValueFactory = _ => 20 };
Option<int> seconds = new("--seconds") { Description = "How long.", DefaultValueFactory = _ => 30 };
Command mailToCard = new("mail-to-card", "From the inbox's 202 to the card in Teams, at a steady rate, over the running product and the sandbox.") { rate, seconds, output };
mailToCard.SetAction(async parsed => Report.Write(Console.Out, await MailToCard.MeasureAsync(parsed.GetValue(rate), parsed.GetValue(seconds)), parsed.GetValue(output) == "json"));
root.Subcommands.Add(mailToCard);

Option<int> times = new("--times") { Description = "Starts after the first.", DefaultValueFactory = _ => 5 };
Command coldStart = new("cold-start", "From starting the process to its ready line.") { times, output };
coldStart.SetAction(async parsed => Report.Write(Console.Out, await ColdStart.MeasureAsync(parsed.GetValue(times)), parsed.GetValue(output) == "json"));
root.Subcommands.Add(coldStart);

foreach (Command command in EngineVerbs.All(output))
{
    root.Subcommands.Add(command);
}

root.Subcommands.Add(Orchestrator.Benchmarks.Engine.QueriesBenchmark.Command(output));

return await root.Parse(args).InvokeAsync().ConfigureAwait(false) is var exit && exit == 0 ? 0 : exit;
