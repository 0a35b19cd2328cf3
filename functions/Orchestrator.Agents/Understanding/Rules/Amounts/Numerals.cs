using System.Globalization;

namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>Reads numbers as people write them: 1,234.50, 1.234,50, 1 234,50, 1'234.50, 12,-.</summary>
internal static class Numerals
{
    private const int LongestNumber = 20;

    /// <summary>Where the number that begins at <paramref name="start"/> ends.</summary>
    public static int EndOf(string text, int start)
    {
        int at = start;
        while (at < text.Length && at - start < LongestNumber)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                at++;
            }
            else if (IsSeparator(text[at]) && DigitsAt(text, at + 1) is > 0 and var digits && (text[at] is '.' or ',' || (digits == 3 && at - start <= 3 + (4 * Groups(text, start, at)))))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <param name="decimals">Of the currency: tells 12.500 (three) from 12.500 (thousands).</param>
    /// <param name="decimalComma">Whether the language writes a comma before decimals.</param>
    public static decimal? Parse(string written, int decimals, bool decimalComma)
    {
        string number = new([.. written.Where(c => c is '.' or ',' || char.IsAsciiDigit(c))]);
        int last = number.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return ToDecimal(number);
        }

        char separator = number[last];
        int tail = number.Length - last - 1;
        bool several = number.IndexOfAny(['.', ',']) != last;
        bool mixed = several && number.Any(c => c is '.' or ',' && c != separator);
        bool grouped = written.Any(c => c is '\'' or '’' or ' ' or '\u00a0' or '\u202f');
        bool isDecimal = mixed || (!several && (tail != 3 || grouped || last == 1 && number[0] == '0' || (decimals == 3 && (separator == '.' || decimalComma))));
        string whole = new([.. number[..(isDecimal ? last : number.Length)].Where(char.IsAsciiDigit)]);
        return ToDecimal(isDecimal ? $"{whole}.{number[(last + 1)..]}" : whole);
    }

    private static decimal? ToDecimal(string number) => decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    private static int Groups(string text, int start, int end)
    {
        int groups = 0;
        for (int i = start; i < end; i++)
        {
            groups += IsSeparator(text[i]) ? 1 : 0;
        }

        return groups;
    }

    private static int DigitsAt(string text, int at)
    {
        int digits = 0;
        while (at + digits < text.Length && char.IsAsciiDigit(text[at + digits]))
        {
            digits++;
        }

        return digits;
    }

    private static bool IsSeparator(char c) => c is '.' or ',' or '\'' or '’' or ' ' or '\u00a0' or '\u202f';
}
