namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>A number written in groups: where it stands, its digits, and how they are grouped.</summary>
internal readonly record struct DigitRun(int Start, int End, string Digits, IReadOnlyList<int> Groups);

internal static class DigitRuns
{
    /// <summary>Runs of digits that only single separators interrupt, not glued to letters.</summary>
    public static IEnumerable<DigitRun> Find(string text, string separators)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            List<int> groups = [];
            int group = 0;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || (separators.Contains(text[at], StringComparison.Ordinal) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
            {
                if (char.IsAsciiDigit(text[at]))
                {
                    group++;
                }
                else
                {
                    groups.Add(group);
                    group = 0;
                }

                at++;
            }

            groups.Add(group);
            bool glued = (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '_')) || (at < text.Length && (char.IsLetter(text[at]) || text[at] == '_'));
            if (!glued)
            {
                yield return new DigitRun(start, at, string.Concat(text[start..at].Where(char.IsAsciiDigit)), groups);
            }
        }
    }
}
