using System.Collections;
using System.Globalization;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>The same object for people: a line per figure, names and values in two columns.</summary>
internal static class TextTable
{
    public static void Write(TextWriter to, Dictionary<string, object?> results)
    {
        List<(string Name, string Value)> rows = [.. Rows("", results)];
        int width = rows.Max(row => row.Name.Length);
        foreach ((string name, string value) in rows)
        {
            to.WriteLine($"{name.PadRight(width)}  {value}");
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(string prefix, IDictionary figures)
    {
        foreach (DictionaryEntry figure in figures)
        {
            string name = $"{prefix}{figure.Key}";
            if (figure.Value is IDictionary nested && nested.Values.Cast<object?>().Any(value => value is IDictionary or string))
            {
                foreach ((string, string) row in Rows(name + " ", nested))
                {
                    yield return row;
                }
            }
            else
            {
                yield return (name, Text(figure.Value));
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "not measured",
        string text => text,
        IDictionary figures => string.Join("   ", figures.Keys.Cast<object>().Select(name => $"{name} {Text(figures[name])}")),
        IEnumerable list => string.Join(" – ", list.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
