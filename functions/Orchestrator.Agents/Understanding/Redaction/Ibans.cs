using System.Collections.Frozen;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>International account numbers with their country's length and shape and the check digits of ISO 13616.</summary>
internal static class Ibans
{
    private const int Longest = 34;

    /// <summary>The account part per country as runs of n digits, a letters, c either (the IBAN registry of SWIFT).</summary>
    private static readonly FrozenDictionary<string, string> Shapes = (
        "AD8n12c AE3n16n AL8n16c AO21n AT5n11n AZ4a20c BA16n BE12n BF2c22n BG4a6n8c BH4a14c BI5n5n11n2n BJ2c22n BR23n1a1c BY4c4n16c CF23n CG23n CH5n12c CI2c22n CM23n CR18n CV21n CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n DZ22n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GA23n GB4a14n GE2a16n GI4a15c GL14n GQ23n GR7n16c GT4c20c GW2c19n HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n IR22n IS22n IT1a10n12c JO4a4n18c KM23n KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MA24n MC10n11c2n MD2c18c ME18n MG23n MK3n10c2n ML2c22n MN16n MR23n MT4a5n18c MU4a19n3a MZ21n NE2a22n NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SN2a22n SO19n ST21n SV4a20n TD23n TG2a22n TL19n TN20n TR5n1n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c")
        .Split(' ').ToFrozenDictionary(s => s[..2], s => s[2..], StringComparer.Ordinal);

    public static IEnumerable<PersonalSpan> Find(string text)
    {
        for (int at = 0; at + 4 < text.Length; at++)
        {
            bool begins = char.IsAsciiLetter(text[at]) && char.IsAsciiLetter(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));
            if (begins && Shapes.TryGetValue(text.AsSpan(at, 2).ToString().ToUpperInvariant(), out string? shape) && EndOf(text, at, shape) is int end)
            {
                yield return new PersonalSpan(at, end, PersonalDataTypes.Iban);
                at = end;
            }
        }
    }

    private static int? EndOf(string text, int start, string shape)
    {
        string classes = Expand(shape);
        Span<char> iban = stackalloc char[Longest + 4];
        int count = 0;
        int at = start;
        while (at < text.Length && count < classes.Length + 4)
        {
            char c = char.ToUpperInvariant(text[at]);
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (count >= 4 && !Fits(c, classes[count - 4]))
                {
                    return null;
                }

                iban[count++] = c;
            }
            else if (c is not (' ' or '-' or '\u00a0') || count < 4 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                return null;
            }

            at++;
        }

        bool oneCase = text.AsSpan(start, at - start).IndexOfAnyInRange('a', 'z') < 0 || text.AsSpan(start, at - start).IndexOfAnyInRange('A', 'Z') < 0;
        bool ends = oneCase && (at == text.Length || !char.IsLetterOrDigit(text[at]));
        return ends && count == classes.Length + 4 && PassesMod97(iban[..count]) ? at : null;
    }

    private static string Expand(string shape)
    {
        System.Text.StringBuilder classes = new();
        int number = 0;
        foreach (char c in shape)
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + c - '0';
            }
            else
            {
                _ = classes.Append(c, number);
                number = 0;
            }
        }

        return classes.ToString();
    }

    private static bool Fits(char c, char wanted) => wanted switch { 'n' => char.IsAsciiDigit(c), 'a' => char.IsAsciiLetter(c), _ => true };

    private static bool PassesMod97(ReadOnlySpan<char> iban)
    {
        int rest = 0;
        for (int i = 0; i < iban.Length; i++)
        {
            char c = iban[(i + 4) % iban.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }
}
