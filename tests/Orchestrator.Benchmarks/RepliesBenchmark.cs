using Orchestrator.Agents.Inbox;

namespace Orchestrator.Benchmarks;

/// <summary>Replies with their quoted part, and the reply alone.</summary>
internal static class RepliesBenchmark
{
    public static Dictionary<string, object?> Measure(FileInfo file, bool misses)
    {
        List<Case> cases = [.. JsonLines.Read<Case>(file)];
        List<string> wrong = [.. cases.Where(c => ReplyText.Strip(c.Message).Own.Trim() != c.Reply.ReplaceLineEndings("\n").Trim()).Select(c => c.Name)];
        Dictionary<string, object?> results = new() { ["exact"] = cases.Count - wrong.Count, ["total"] = cases.Count, ["share"] = Report.Share(cases.Count - wrong.Count, cases.Count) };
        return misses ? new(results) { ["misses"] = wrong } : results;
    }

    private sealed record Case(string Name, string Message, string Reply);
}
