namespace Orchestrator.Agents.Understanding.Redaction;

internal static class Emails
{
    public static IEnumerable<PersonalSpan> Find(string text)
    {
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            int start = at;
            while (start > 0 && IsLocal(text[start - 1]))
            {
                start--;
            }

            int end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.'))
            {
                end++;
            }

            while (start < at && text[start] is '.' or '\'' or '/' or '=' or '-' or '&')
            {
                start++;
            }

            while (end > at && text[end - 1] is '.' or '-')
            {
                end--;
            }

            int dot = text.LastIndexOf('.', end - 1, end - 1 - at);
            if (start < at && dot > at + 1 && end - dot > 2)
            {
                yield return new PersonalSpan(start, end, PersonalDataTypes.Email);
            }
        }
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\'' or '!' or '#' or '$' or '&' or '*' or '/' or '=' or '?' or '^' or '`' or '{' or '|' or '}' or '~';
}
