using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Streets with a house number and postal codes that are named as such; what rules can be sure of, and no more.</summary>
internal static class PostalAddresses
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Street = new(
        @"(?:\b\d{1,6} (?:[\p{Lu}\d][\p{L}\d.'-]* ){1,4}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Court|Ct\.?|Boulevard|Blvd\.?|Way|Place|Square|Terrace|Crescent|Close)\b(?:,? (?:Apt\.?|Suite|Ste\.?|Unit|Flat) ?\w{1,6})?)"
        + @"|(?:\b\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer|straat|laan|plein|gracht|vägen|gatan|gata|vej|veien) \d{1,4} ?[a-z]?\b)"
        + @"|(?:\b(?:Rue|rue|Avenue|avenue|Calle|Via|Rua|Avenida|Viale|Piazza|Plaza|Corso|Chemin|chemin|ul\.|Boulevard|boulevard) (?:[\p{L}.'-]+ ){1,4}\d{1,5}\b)|(?:\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|chemin|place|allée) (?:[\p{L}.'-]+ ?){1,4})", Linear);

    private static readonly Regex Zip = new(@"(?:zip(?: ?code)?|post ?code|postal code|PLZ|Postleitzahl|code postal|código postal|CAP|CEP|postcode)(?:'?: ?'?| is | ist | )(?<code>\d{3,5}(?:[- ]\d{2,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})", Linear | RegexOptions.IgnoreCase);

    public static IEnumerable<PersonalSpan> Find(string text)
    {
        foreach (Match match in Street.Matches(text))
        {
            yield return new PersonalSpan(match.Index, match.Index + match.Value.TrimEnd().Length, PersonalDataTypes.Address);
        }

        foreach (Match match in Zip.Matches(text))
        {
            Group code = match.Groups["code"];
            yield return new PersonalSpan(code.Index, code.Index + code.Length, PersonalDataTypes.Zip);
        }
    }

    /// <summary>Postal codes that are named as such, as written.</summary>
    public static IEnumerable<string> Zips(string text) => Zip.Matches(text).Select(m => m.Groups["code"].Value);
}
