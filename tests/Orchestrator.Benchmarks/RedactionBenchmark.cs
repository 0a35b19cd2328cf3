using Orchestrator.Agents.Understanding.Redaction;

namespace Orchestrator.Benchmarks;

/// <summary>Personal data marked in sentences. A span counts as found when what was marked is covered whole; what was redacted and is not marked at all is a false positive.</summary>
internal static class RedactionBenchmark
{
    /// <summary>The data marks web addresses by their domain, and streets with what surrounds them.</summary>
    private static readonly Dictionary<string, string> SameAs = new() { ["DOMAIN_NAME"] = "URL" };

    public static Dictionary<string, object?> Measure(FileInfo file, bool misses)
    {
        SortedDictionary<string, Counts> byType = [];
        List<string> wrong = [];
        foreach (Case item in JsonLines.Read<Case>(file))
        {
            IReadOnlyList<PersonalSpan> found = PersonalDataFinder.Find(item.Text);
            List<Span> marked = [.. (item.Spans ?? []).Select(s => s with { Type = SameAs.GetValueOrDefault(s.Type, s.Type) })];
            foreach (Span span in marked)
            {
                bool covered = found.Any(f => f.Type == span.Type && Covers(f, span, item.Text));
                Of(span.Type).Add(covered);
                if (!covered)
                {
                    wrong.Add($"missed {span.Type} {span.Value}: {item.Text}");
                }
            }

            int unmarked = Math.Max(0, (item.Expected_count ?? 0) - marked.Count);
            foreach (PersonalSpan extra in found.Where(f => !marked.Exists(m => f.Start < m.End && m.Start < f.End)))
            {
                bool counted = unmarked-- > 0;
                if (!counted)
                {
                    Of(extra.Type).FalsePositives++;
                    wrong.Add($"extra {extra.Type} {item.Text[extra.Start..extra.End]}: {item.Text}");
                }
            }
        }

        Dictionary<string, object?> results = new()
        {
            ["recall"] = byType.ToDictionary(t => t.Key, t => Report.Share(t.Value.Found, t.Value.Marked)),
            ["false_positives"] = byType.ToDictionary(t => t.Key, t => t.Value.FalsePositives),
            ["marked"] = byType.ToDictionary(t => t.Key, t => t.Value.Marked),
        };
        return misses ? new(results) { ["misses"] = wrong } : results;

        Counts Of(string type) => byType.TryGetValue(type, out Counts? counts) ? counts : byType[type] = new Counts();
    }

    /// <summary>Quotation marks and blanks at the ends of a marked span carry no data.</summary>
    private static bool Covers(PersonalSpan found, Span span, string text)
    {
        int start = span.Start;
        int end = span.End;
        while (start < end && text[start] is '"' or '\'' or ' ' or '(')
        {
            start++;
        }

        while (end > start && text[end - 1] is '"' or '\'' or ' ' or '/' or '.')
        {
            end--;
        }

        return found.Start <= start && found.End >= end;
    }

    private sealed class Counts
    {
        public int Marked { get; private set; }

        public int Found { get; private set; }

        public int FalsePositives { get; set; }

        public void Add(bool found)
        {
            Marked++;
            Found += found ? 1 : 0;
        }
    }

    private sealed record Case(string Text, List<Span>? Spans, int? Expected_count);

    private sealed record Span(int Start, int End, string Type, string? Value);
}
