namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Card numbers: a brand's first digits and length, and the check digit of Luhn (ISO/IEC 7812).</summary>
internal static class CardNumbers
{
    public static IEnumerable<PersonalSpan> Find(string text)
    {
        foreach (DigitRun run in DigitRuns.Find(text, " -\u00a0"))
        {
            foreach ((int start, int end, string digits) in Candidates(text, run))
            {
                if (IsBrand(digits) && PassesLuhn(digits))
                {
                    yield return new PersonalSpan(start, end, PersonalDataTypes.Card);
                }
            }
        }
    }

    internal static bool PassesLuhn(string digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            int weighed = i % 2 == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }

    /// <summary>The whole run, or its groups where several numbers stand side by side.</summary>
    private static IEnumerable<(int Start, int End, string Digits)> Candidates(string text, DigitRun run)
    {
        if (run.Digits.Length <= 19)
        {
            yield return (run.Start, run.End, run.Digits);
        }

        if (run.Groups.Count == 1 || (run.Digits.Length <= 19 && PassesLuhn(run.Digits) && IsBrand(run.Digits)))
        {
            yield break;
        }

        List<(int Start, int Length)> groups = [];
        int at = run.Start;
        foreach (int length in run.Groups)
        {
            groups.Add((at, length));
            at += length + 1;
        }

        for (int first = 0; first < groups.Count; first++)
        {
            int digits = 0;
            for (int last = first; last < groups.Count && digits < 19; last++)
            {
                digits += groups[last].Length;
                int start = groups[first].Start;
                int end = groups[last].Start + groups[last].Length;
                string number = string.Concat(text[start..end].Where(char.IsAsciiDigit));
                if (digits >= 12 && digits <= 19 && (last == first || last - first >= 2) && IsBrand(number) && PassesLuhn(number))
                {
                    yield return (start, end, number);
                    first = last;
                    break;
                }
            }
        }
    }

    private static bool IsBrand(string digits)
    {
        int length = digits.Length;
        if (length is < 12 or > 19)
        {
            return false;
        }

        int two = int.Parse(digits.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture);
        int three = (two * 10) + digits[2] - '0';
        int four = (three * 10) + digits[3] - '0';
        return digits[0] switch
        {
            '4' => length is 13 or 16 or 19,
            '5' or '6' => two is >= 51 and <= 55 ? length == 16 : two is 50 or >= 56 and <= 69,
            '3' => two is 34 or 37 ? length == 15 : (three is >= 300 and <= 305 || two is 36 or 38 or 39) ? length is >= 14 and <= 19 : two == 35 && length is >= 15 and <= 19,
            '2' => four is >= 2221 and <= 2720 ? length == 16 : four is 2131 or 2014 or 2149 ? length == 15 : four is >= 2200 and <= 2204 && length is >= 16 and <= 19,
            '1' => (four == 1800 && length is 15 or 16) || (digits[0] == '1' && length == 15),
            '8' => two == 81 && length is >= 16 and <= 19,
            '9' => four is >= 9792 and <= 9792 && length == 16,
            _ => false,
        };
    }
}
