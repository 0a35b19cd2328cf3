using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Names that a text introduces as such: after a title, in "my name is", in a greeting or under a closing; and the known name of the sender wherever it stands.</summary>
internal static class PersonNames
{
    private const string Name = @"\p{Lu}[\p{L}'’-]*(?:(?: |\u00a0)(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.?|von|van|de|der|den|da|di|del|la|le|dos|O'\p{Lu}\p{L}+)){0,3}";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex[] Introductions =
    [
        new(@"(?:[Mm]y|[Yy]our|[Hh]is|[Hh]er|maiden|full) name (?:is|was) (?<name>" + Name + ")", Linear),
        new(@"(?:[Mm]ein Name ist|[Ii]ch heiße|[Ii]ch heisse|[Jj]e m'appelle|[Jj]e m’appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Ii]l mio nome è|[Mm]ijn naam is|[Ii]k heet|[Mm]eu nome é|[Cc]hamo-me|[Mm]e chamo|[Nn]azywam się|[Jj]ag heter|[Jj]eg hedder|[Jj]eg heter) (?<name>" + Name + ")", Linear),
        new(@"(?:Name|NAME|name|Nom|Nombre|Nome|Naam|Kunde|Customer|Cardholder|Account holder|Kontoinhaber): ?(?<name>" + Name + ")", Linear),
        new(@"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Herrn|Frau|Madame|Monsieur|Mme|Señor|Señora|Sr|Sra|Signor|Signora|Sig|Dott|Meneer|Mevrouw|Mevr|Dhr|Senhor|Senhora)\.? (?<name>" + Name + ")", Linear),
        new(@"\b(?:[Tt]his is|I am|I'm|I’m|[Yy]ou are|[Ii]ch bin) (?<name>\p{Lu}[\p{L}'’-]+ (?:\p{Lu}\. )?\p{Lu}[\p{L}'’-]+)", Linear),
        new(@"^(?:Hi|Hello|Hey|Dear|Hallo|Liebe|Lieber|Bonjour|Cher|Chère|Hola|Ciao|Caro|Cara|Beste|Olá|Prezado|Prezada|Salut) (?<name>" + Name + @")[,!:]?\s*$", Linear | RegexOptions.Multiline),
        new(@"\b(?:Hi|Hello|Hey|Dear|Hallo|Bonjour|Hola|Ciao|Olá) (?<name>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?),", Linear),
        new(@"(?:[Rr]egards|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Cc]heers|[Bb]est|[Yy]ours|[Gg]rüße|[Gg]rüßen|[Gg]russ|[Gg]ruß|[Vv]iele Grüße|[Cc]ordialement|[Ss]alutations|[Ss]aludos|[Cc]ordiales|[Gg]racias|[Ss]aluti|[Gg]razie|[Gg]roeten|[Gg]roet|[Cc]umprimentos|[Oo]brigado|[Oo]brigada|[Mm]erci|[Dd]anke)[,.!]?[ ]*\r?\n\s*(?<name>" + Name + @")[ ]*(?:\r?\n|$)", Linear),
    ];

    private static readonly HashSet<string> NotNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Team", "Support", "Customer", "Customers", "Service", "Sir", "Madam", "All", "There", "Everyone", "Kundenservice", "Damen", "Herren", "Zusammen", "Sir or Madam", "Sirs", "Support Team", "Customer Service", "Customer Support", "Guys", "Folks", "Kundendienst", "Your Team", "Please", "Order", "The", "Sehr", "Miteinander", "Ihr", "Madame", "Monsieur", "Equipe", "Équipe", "Not", "Refund", "Thanks", "Stripe", "PayPal",
    };

    public static IEnumerable<PersonalSpan> Find(string text, IReadOnlyList<string?> knownNames)
    {
        foreach ((int start, int end) in Known(text, knownNames).Concat(Introduced(text)))
        {
            yield return new PersonalSpan(start, end, PersonalDataTypes.Person);
        }
    }

    /// <summary>Names that the text introduces, in the order of the rules that found them.</summary>
    public static IEnumerable<(int Start, int End)> Introduced(string text)
    {
        foreach (Regex introduction in Introductions)
        {
            foreach (Match match in introduction.Matches(text))
            {
                Group name = match.Groups["name"];
                string first = name.Value.Split(' ')[0];
                if (!NotNames.Contains(name.Value) && !NotNames.Contains(first) && name.Length > 1)
                {
                    yield return (name.Index, name.Index + name.Length);
                }
            }
        }
    }

    private static IEnumerable<(int Start, int End)> Known(string text, IReadOnlyList<string?> knownNames)
    {
        var parts = knownNames.Where(n => !string.IsNullOrWhiteSpace(n)).SelectMany(n => (string[])[n!.Trim(), .. n.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries)])
            .Where(n => n.Length > 2 && !n.Contains('@', StringComparison.Ordinal) && !NotNames.Contains(n)).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(n => n.Length);
        foreach (string part in parts)
        {
            for (int at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.OrdinalIgnoreCase))
            {
                bool whole = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + part.Length == text.Length || !char.IsLetterOrDigit(text[at + part.Length]));
                if (whole)
                {
                    yield return (at, at + part.Length);
                }
            }
        }
    }
}
