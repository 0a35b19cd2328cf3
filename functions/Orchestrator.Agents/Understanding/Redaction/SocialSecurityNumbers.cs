namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Social security numbers of the United States, by the ranges that its administration gives out.</summary>
internal static class SocialSecurityNumbers
{
    private static readonly HashSet<string> Samples = ["078051120", "219099999", "123456789"];

    public static IEnumerable<PersonalSpan> Find(string text)
    {
        foreach (DigitRun run in DigitRuns.Find(text, "-.").Concat(DigitRuns.Find(text, " ")))
        {
            string digits = run.Digits;
            bool said = Nearby.Says(text, run.Start, "ssn", "social security", "ss#");
            bool grouped = run.Groups is [3, 2, 4] or [3, 6] or [5, 4] && OneSeparator(text[run.Start..run.End]);
            bool possible = digits.Length == 9 && digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] != "00" && digits[5..] != "0000" && !Samples.Contains(digits) && digits.Distinct().Count() > 1;
            if (possible && (run.Groups is [3, 2, 4] && grouped || said || (grouped && digits[0] == '0')))
            {
                yield return new PersonalSpan(run.Start, run.End, PersonalDataTypes.UsSsn);
            }
        }
    }

    private static bool OneSeparator(string written) => written.Where(c => !char.IsAsciiDigit(c)).Distinct().Count() <= 1;
}
