using System.Globalization;
using System.Text;

namespace Orchestrator.Operations.Layout;

/// <summary>A customer's words for showing: as written, except that letters which hide or turn text around are shown by their number. Razor escapes the rest.</summary>
internal static class CustomerText
{
    private const int FoldLines = 12;
    private const int FoldLetters = 900;

    /// <summary>Longest text that a page shows at all; the rest is one click away in the mailbox it came from.</summary>
    private const int Longest = 100_000;

    public static string Visible(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (shown.Length >= Longest)
            {
                return shown.Append("\n[cut here: the message is longer]").ToString();
            }

            UnicodeCategory category = Rune.GetUnicodeCategory(letter);
            bool plain = letter.Value is '\n' or '\t'
                // Joins letters in Arabic, Indic scripts and emoji.
                or 0x200c or 0x200d
                || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            if (plain)
            {
                shown.Append(letter.ToString());
            }
            else if (letter.Value is not '\r')
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{letter.Value:X4}⟩");
            }
        }

        return shown.ToString();
    }

    /// <summary>The beginning that is shown at once; null when the whole is short enough.</summary>
    public static string? Beginning(string visible)
    {
        int end = -1;
        for (int line = 0; line < FoldLines && end + 1 < visible.Length; line++)
        {
            int next = visible.IndexOf('\n', end + 1);
            end = next < 0 ? visible.Length : next;
        }

        int cut = Math.Min(Math.Max(end, 0), FoldLetters);
        if (cut > 0 && cut < visible.Length && char.IsLowSurrogate(visible[cut]))
        {
            cut--;
        }

        return cut < visible.Length ? visible[..cut] : null;
    }
}
