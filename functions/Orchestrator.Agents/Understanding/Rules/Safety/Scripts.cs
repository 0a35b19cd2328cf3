using System.Text;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>Mails in which a second script says something of its own, and letters that are no letters of any language.</summary>
internal static class Scripts
{
    private const int FewestForeign = 4;
    private const int FewestLatin = 30;

    /// <summary>Letters dressed up as other letters: full width, mathematical, circled, small capitals, marks piled on marks.</summary>
    public static bool AreDressedUp(string text)
    {
        int dressed = 0;
        int marks = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            dressed += rune.Value is (>= 0xFF21 and <= 0xFF5A) or (>= 0x1D400 and <= 0x1D7CB) or (>= 0x24B6 and <= 0x24E9) or (>= 0x1D00 and <= 0x1D2B) or (>= 0x1F110 and <= 0x1F189) or (>= 0x2800 and <= 0x28FF) ? 1 : 0;
            marks = rune.Value is >= 0x0300 and <= 0x036F ? marks + 1 : 0;
            if (dressed >= FewestForeign || marks > 2)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A mail in Latin letters with a passage in others, or the other way round. Names and products of a few letters are no passage.</summary>
    public static bool AreMixed(string text)
    {
        int latin = 0;
        int foreign = 0;
        int longestForeign = 0;
        int longestLatin = 0;
        int runForeign = 0;
        int runLatin = 0;
        foreach (char c in text)
        {
            if (!char.IsLetter(c))
            {
                continue;
            }

            bool isLatin = c < '\u0250' || c is >= '\u1e00' and <= '\u1eff' or >= '\uff21' and <= '\uff5a';
            (runLatin, runForeign) = isLatin ? (runLatin + 1, 0) : (0, runForeign + 1);
            (latin, foreign) = isLatin ? (latin + 1, foreign) : (latin, foreign + 1);
            longestForeign = Math.Max(longestForeign, runForeign);
            longestLatin = Math.Max(longestLatin, runLatin);
        }

        return latin > foreign ? longestForeign >= FewestForeign : longestLatin >= FewestLatin && foreign > 0;
    }
}
