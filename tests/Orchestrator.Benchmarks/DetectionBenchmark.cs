using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules;

namespace Orchestrator.Benchmarks;

/// <summary>Sentences of three kinds, each read as a mail of that one sentence.</summary>
internal static class DetectionBenchmark
{
    private const string Refund = "refund_request";

    public static Dictionary<string, object?> Measure(FileInfo file, bool misses)
    {
        SortedDictionary<string, SortedDictionary<string, int>> confusion = [];
        List<string> wrong = [];
        foreach (Case item in JsonLines.Read<Case>(file))
        {
            bool found = RuleReading.Read(Mail(item.Text)) is Reading.RefundRequest;
            SortedDictionary<string, int> row = confusion.TryGetValue(item.Kind, out SortedDictionary<string, int>? known) ? known : confusion[item.Kind] = new() { [Refund] = 0, ["not"] = 0 };
            row[found ? Refund : "not"]++;
            if (found != (item.Kind == Refund))
            {
                wrong.Add($"{item.Kind}: {item.Text}");
            }
        }

        int right = confusion.TryGetValue(Refund, out SortedDictionary<string, int>? refunds) ? refunds[Refund] : 0;
        double? precision = Report.Share(right, confusion.Values.Sum(r => r[Refund]));
        double? recall = Report.Share(right, refunds?.Values.Sum() ?? 0);
        Dictionary<string, object?> results = new() { ["precision"] = precision, ["recall"] = recall, ["f1"] = Report.F1(precision, recall), ["confusion"] = confusion };
        return misses ? new(results) { ["misses"] = wrong } : results;
    }

    private static SupportMail Mail(string text) => new("sentence", "sentence", new MailAddress(null, "customer@example.com"), null, "", text, DateTimeOffset.UnixEpoch);

    private sealed record Case(string Text, string Kind);
}
