using System.Globalization;
using System.Text;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>
/// Replaces personal data by placeholders before a text leaves the house, and puts it back afterwards. Order numbers and Stripe ids are left as they are.
/// Types are named as in Microsoft Presidio.
/// </summary>
public static class PersonalData
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        [PersonalDataTypes.Email] = "EMAIL",
        [PersonalDataTypes.Card] = "CARD",
        [PersonalDataTypes.Iban] = "IBAN",
        [PersonalDataTypes.Phone] = "PHONE",
        [PersonalDataTypes.Person] = "PERSON",
        [PersonalDataTypes.UsSsn] = "SSN",
        [PersonalDataTypes.IpAddress] = "IP",
        [PersonalDataTypes.MacAddress] = "MAC",
        [PersonalDataTypes.Url] = "URL",
        [PersonalDataTypes.Crypto] = "CRYPTO",
        [PersonalDataTypes.Address] = "ADDRESS",
        [PersonalDataTypes.Zip] = "ZIP",
    };

    /// <param name="knownNames">Names that are known to belong to the sender, such as the one beside the address.</param>
    public static Redacted Redact(string text, params IReadOnlyList<string?> knownNames)
    {
        IReadOnlyList<PersonalSpan> spans = PersonalDataFinder.Find(text, knownNames);
        Dictionary<string, string> byValue = new(StringComparer.Ordinal);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        StringBuilder redacted = new(text.Length);
        int at = 0;
        foreach (PersonalSpan span in spans)
        {
            string value = text[span.Start..span.End];
            if (!byValue.TryGetValue(value, out string? placeholder))
            {
                byValue[value] = placeholder = Next(text, Labels[span.Type], counts);
                values[placeholder] = value;
            }

            _ = redacted.Append(text, at, span.Start - at).Append(placeholder);
            at = span.End;
        }

        return new Redacted(redacted.Append(text, at, text.Length - at).ToString(), values);
    }

    /// <summary>Puts values back. Placeholders that were never given out stay as they are.</summary>
    public static string Restore(string text, IReadOnlyDictionary<string, string> values)
    {
        StringBuilder restored = new(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('[', at);
            int close = open < 0 ? -1 : text.IndexOf(']', open);
            if (close < 0)
            {
                break;
            }

            bool known = values.TryGetValue(text[open..(close + 1)], out string? value);
            _ = restored.Append(text, at, open - at).Append(known ? value : "[");
            at = known ? close + 1 : open + 1;
        }

        return restored.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A text that already holds a placeholder's name does not get it mixed up.</summary>
    private static string Next(string text, string label, Dictionary<string, int> counts)
    {
        string placeholder;
        do
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
            placeholder = $"[{label}_{counts[label].ToString(CultureInfo.InvariantCulture)}]";
        }
        while (text.Contains(placeholder, StringComparison.Ordinal));

        return placeholder;
    }
}

/// <param name="Values">What each placeholder stands for. Personal: it never leaves the activity that redacted.</param>
public sealed record Redacted(string Text, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Puts the values back into a text that came back.</summary>
    public string Restore(string text) => PersonalData.Restore(text, Values);

    public override string ToString() => $"Redacted text with {Values.Count.ToString(CultureInfo.InvariantCulture)} placeholders";
}
