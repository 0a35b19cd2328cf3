using System.Net;
using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Web, IP and hardware addresses.</summary>
internal static class NetworkAddresses
{
    private static readonly Regex Url = new(@"\b(?:https?://[\p{L}\p{N}.-]+\.[\p{L}]{2,}[^\s<>""'\])]*|(?:www\.)?(?:[A-Za-z0-9-]+\.)+(?:com|net|org|info|biz|io|co|de|fr|es|it|nl|pt|eu|uk|us|ch|at|be|dk|se|no|fi|pl|cz|hu|br|au|ca|jp|il|ai|app|dev|shop|store|site|online)\b(?:/[^\s<>""'\])]*)?)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static IEnumerable<PersonalSpan> FindUrls(string text) =>
        from Match match in Url.Matches(text)
        where match.Index == 0 || text[match.Index - 1] is not ('@' or '.')
        let value = match.Value.TrimEnd('.', ',', '!', '?', ';', ':')
        select new PersonalSpan(match.Index, match.Index + value.Length, PersonalDataTypes.Url);

    public static IEnumerable<PersonalSpan> FindMacs(string text)
    {
        foreach ((int start, int end) in Tokens(text, static c => char.IsAsciiHexDigit(c) || c is ':' or '-' or '.'))
        {
            string[] parts = text[start..end].TrimEnd('.').Split(':', '-');
            bool cisco = text[start..end].TrimEnd('.').Split('.') is [{ Length: 4 }, { Length: 4 }, { Length: 4 }];
            bool nobody = text[start..end].All(c => c is 'F' or 'f' or ':' or '-') || text[start..end].All(c => c is '0' or ':' or '-' or '.');
            if (nobody)
            {
                continue;
            }

            if (cisco || (parts.Length == 6 && parts.All(p => p.Length == 2) && text.AsSpan(start, 17).IndexOf(':') * text.AsSpan(start, 17).IndexOf('-') < 0))
            {
                yield return new PersonalSpan(start, start + (cisco ? 14 : 17), PersonalDataTypes.MacAddress);
            }
        }
    }

    public static IEnumerable<PersonalSpan> FindIps(string text)
    {
        foreach ((int start, int end) in Tokens(text, static c => char.IsAsciiHexDigit(c) || c is ':' or '.'))
        {
            int last = end;
            while (last > start && text[last - 1] is '.')
            {
                last--;
            }

            int first = text[start] == ':' && start + 1 < last && text[start + 1] != ':' ? start + 1 : start;
            int clipped = Clip(text, first, last);
            if (clipped > first)
            {
                yield return new PersonalSpan(first, WithPrefix(text, clipped), PersonalDataTypes.IpAddress);
            }
        }
    }

    private static int Clip(string text, int start, int end)
    {
        string token = text[start..end];
        bool six = token.Contains("::", StringComparison.Ordinal) || token.Count(c => c == ':') == 7 || (token.Contains(':', StringComparison.Ordinal) && token.Contains('.', StringComparison.Ordinal) && token.Count(c => c == ':') == 6);
        if (six)
        {
            return IPAddress.TryParse(token, out _) && (token.Any(char.IsAsciiHexDigit) || token == "::" && (start == 0 || text[start - 1] is ' ' or '=' or '\'' or '"' or '(') && (end == text.Length || !char.IsLetter(text[end]))) ? end : start;
        }

        string[] parts = token.Split('.', ':');
        bool four = parts.Length >= 4 && parts.Take(4).All(p => p.Length is > 0 and < 4 && p.All(char.IsAsciiDigit) && int.Parse(p, System.Globalization.CultureInfo.InvariantCulture) < 256) && token.IndexOf(':', StringComparison.Ordinal) is var colon && (colon < 0 || parts.Take(4).Sum(p => p.Length + 1) - 1 == colon);
        bool phone = parts.Length > 4 && parts.Take(4).All(p => p.Length == 2);
        return four && !phone && !parts.Take(4).Any(p => p.Length > 1 && p[0] == '0') ? start + parts.Take(4).Sum(p => p.Length + 1) - 1 : start;
    }

    private static int WithPrefix(string text, int end)
    {
        int at = end + 1;
        while (end < text.Length && text[end] == '/' && at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > end + 1 ? at : end;
    }

    /// <summary>Runs of wanted characters that no letter, digit or underscore touches.</summary>
    private static IEnumerable<(int Start, int End)> Tokens(string text, Func<char, bool> wanted)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (!wanted(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            while (at < text.Length && wanted(text[at]))
            {
                at++;
            }

            bool touched = (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-')) || (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-'));
            if (!touched && at - start >= 2)
            {
                yield return (start, at);
            }
        }
    }
}
