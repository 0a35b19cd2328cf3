using System.Globalization;

namespace Orchestrator.Operations.SignIn;

/// <summary>What a sign-in id may look like: an address or an object id, printable ASCII without spaces, in lower case.</summary>
internal static class SignInId
{
    public const int Longest = 254;

    /// <summary>The id in the form in which groups and votes know it; null when it can't be one.</summary>
    public static string? Normalize(string? text)
    {
        string id = text?.Trim().ToLowerInvariant() ?? "";
        return id.Length is > 0 and <= Longest && id.All(letter => letter is > ' ' and < '\x7f' and not '"' and not '<' and not '>' and not '\\') ? id : null;
    }

    /// <summary>A name for people, cut and without control characters; falls back to the id's own words.</summary>
    public static string NameFor(string id, string? stated)
    {
        string clean = string.Concat((stated ?? "").Where(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format)).Trim();
        if (clean.Length > 0)
        {
            return clean.Length <= 80 ? clean : clean[..80];
        }

        string[] words = id.Split('@')[0].Split(['.', '_', '-', '+'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? id : string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
