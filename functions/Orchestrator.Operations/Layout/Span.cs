using System.Globalization;

namespace Orchestrator.Operations.Layout;

/// <summary>Lengths of time in words, two units at most.</summary>
internal static class Span
{
    public static string Left(TimeSpan span) => span <= TimeSpan.Zero ? "time is up" : Words(span) + " left";

    public static string Words(TimeSpan span)
    {
        (long Size, string Name)[] units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
        long rest = Math.Max(0, (long)span.TotalSeconds);
        int first = Array.FindIndex(units, unit => rest >= unit.Size);
        if (first < 0)
        {
            return "a moment";
        }

        List<string> parts = [];
        foreach ((long size, string name) in units.Skip(first).Take(2))
        {
            long count = rest / size;
            rest -= count * size;
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}"));
            }
        }

        return string.Join(' ', parts);
    }
}
