using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>Undoes what hides words from a reader of rules: characters without width, letters of other scripts that look Latin, spread letters, base64.</summary>
internal static class Disguise
{
    private const int ShortestEncoded = 20;
    private const int MostEncoded = 8_000;
    private const string Cyrillic = "аеорсухіјѕһԁԛԝґАВЕКМНОРСТХІЈЅаʏοαενκρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡ";
    private const string Latin = "aeopcyxijshdqwrABEKMHOPCTXIJSayoaevkptuABEZHIKMNOPTYXag";

    /// <summary>The text with its disguises off, for comparing only.</summary>
    public static string Undo(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsWithoutWidth(rune))
            {
                continue;
            }

            int look = rune.IsBmp ? Cyrillic.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            _ = look >= 0 ? plain.Append(Latin[look]) : plain.Append(rune.ToString());
        }

        return plain.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Readable text inside long runs of base64.</summary>
    public static string Decoded(string text)
    {
        StringBuilder decoded = new();
        int at = 0;
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '/' or '=' or '-' or '_'))
            {
                end++;
            }

            if (end - at is >= ShortestEncoded and < MostEncoded)
            {
                _ = decoded.Append(Decode(text[at..end])).Append('\n');
            }

            at = end + 1;
        }

        return decoded.ToString().Trim();
    }

    /// <summary>Letters of a word written one by one: i g n o r e.</summary>
    public static string Joined(string text)
    {
        StringBuilder joined = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool between = text[i] is ' ' or '.' or '-' or '_' or '*' && Single(text, i - 1) && Single(text, i + 1);
            if (!between)
            {
                _ = joined.Append(text[i]);
            }
        }

        return joined.ToString();
    }

    /// <summary>Words with digits for letters: 1gn0re.</summary>
    public static string Spelled(string text) => string.Join(' ', text.Split(' ').Select(w => w.Any(char.IsAsciiLetter) && w.Any(char.IsAsciiDigit) ? w.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't') : w));

    /// <summary>Characters of the Unicode tag block spell text that nothing shows.</summary>
    public static bool HasTagCharacters(string text) => text.EnumerateRunes().Any(r => r.Value is > 0xE0020 and < 0xE007F) && !text.Contains("\U0001F3F4", StringComparison.Ordinal);

    /// <summary>A word with letters of two scripts.</summary>
    public static bool MixesScripts(string text)
    {
        bool latin = false;
        bool other = false;
        foreach (char c in text)
        {
            if (!char.IsLetter(c))
            {
                (latin, other) = (false, false);
                continue;
            }

            latin |= char.IsAsciiLetter(c);
            other |= c is >= '\u0370' and <= '\u052f';
            if (latin && other)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Single(string text, int at) =>
        at >= 0 && at < text.Length && char.IsLetter(text[at]) && (at == 0 || !char.IsLetter(text[at - 1])) && (at + 1 >= text.Length || !char.IsLetter(text[at + 1]));

    private static bool IsWithoutWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || rune.Value is 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0;

    private static string Decode(string encoded)
    {
        string padded = encoded.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        byte[] buffer = new byte[padded.Length];
        if (!Base64.IsValid(padded) || !Convert.TryFromBase64String(padded, buffer, out int written))
        {
            return "";
        }

        string text = Encoding.UTF8.GetString(buffer, 0, written);
        return text.Count(c => char.IsLetter(c) || c == ' ') >= text.Length * 3 / 4 ? text : "";
    }
}
