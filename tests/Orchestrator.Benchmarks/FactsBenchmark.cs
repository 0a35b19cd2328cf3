using Orchestrator.Agents.Understanding;

namespace Orchestrator.Benchmarks;

/// <summary>Facts that a text states; only recall is measured, because it may state more.</summary>
internal static class FactsBenchmark
{
    public static Dictionary<string, object?> Measure(FileInfo file, bool misses)
    {
        SortedDictionary<string, int> stated = [];
        SortedDictionary<string, int> found = [];
        List<string> wrong = [];
        foreach (Case item in JsonLines.Read<Case>(file))
        {
            MailFacts facts = MailFacts.Of(item.Text);
            foreach (string id in item.Facts.Order_ids ?? [])
            {
                Count("order_ids", facts.OrderIds.Select(o => o.TrimStart('#')), id.TrimStart('#'), item.Text);
            }

            Count("name", facts.Names, item.Facts.Name, item.Text);
            Count("zip", facts.Zips, item.Facts.Zip, item.Text);
            Count("email", facts.Emails, item.Facts.Email, item.Text);
        }

        Dictionary<string, object?> results = new() { ["recall"] = stated.ToDictionary(s => s.Key, s => Report.Share(found.GetValueOrDefault(s.Key), s.Value)), ["stated"] = stated };
        return misses ? new(results) { ["misses"] = wrong } : results;

        void Count(string fact, IEnumerable<string> read, string? expected, string text)
        {
            if (expected is null)
            {
                return;
            }

            stated[fact] = stated.GetValueOrDefault(fact) + 1;
            if (read.Contains(expected, StringComparer.OrdinalIgnoreCase))
            {
                found[fact] = found.GetValueOrDefault(fact) + 1;
            }
            else
            {
                wrong.Add($"{fact} {expected}: {text}");
            }
        }
    }

    private sealed record Case(string Text, Stated Facts);

    private sealed record Stated(List<string>? Order_ids, string? Name, string? Zip, string? Email);
}
