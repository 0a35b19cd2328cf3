using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Mail;

/// <summary>Encoded words in headers (RFC 2047) and quoted-printable.</summary>
internal static partial class MimeWords
{
    /// <summary>A header's value as people read it. Raw bytes above 127 are taken as UTF-8, as SMTPUTF8 sends them.</summary>
    public static string Decode(string value)
    {
        string joined = BetweenWords.Replace(value, "$1$2");
        if (!joined.Contains("=?", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));
        }

        // Words are joined as bytes first: some writers cut one character in two.
        var text = new StringBuilder();
        List<byte> pending = [];
        Encoding charset = Encoding.UTF8;
        int at = 0;
        foreach (Match word in Word.Matches(joined))
        {
            if (word.Index > at)
            {
                Flush();
                text.Append(joined, at, word.Index - at);
            }

            charset = Charset(word.Groups[1].Value);
            pending.AddRange(word.Groups[2].Value is "B" or "b"
                ? Base64(word.Groups[3].Value)
                : QuotedPrintable(word.Groups[3].Value.Replace('_', ' ')));
            at = word.Index + word.Length;
        }

        Flush();
        return text.Append(joined, at, joined.Length - at).ToString();

        void Flush()
        {
            text.Append(charset.GetString([.. pending]));
            pending.Clear();
        }
    }

    public static byte[] QuotedPrintable(string text)
    {
        List<byte> bytes = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
            {
                bytes.Add(one);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }

    public static Encoding Charset(string? name)
    {
        try
        {
            return name is null ? Encoding.UTF8 : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.Latin1;
        }
    }

    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex(@"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex Word { get; }

    [GeneratedRegex(@"(\?=)\s+(=\?)")]
    private static partial Regex BetweenWords { get; }
}
