using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Mail;

/// <summary>As much of MIME as mail programs write: nested parts, base64, quoted-printable, charsets. One character is one byte.</summary>
internal sealed partial class MimePart
{
    private const int DeepestNesting = 10;
    private readonly string _body;

    private MimePart(IReadOnlyList<KeyValuePair<string, string>> headers, string body, int depth)
    {
        Headers = headers;
        _body = body;
        string type = Raw("Content-Type") ?? "text/plain";
        MediaType = type.Split(';')[0].Trim().ToLowerInvariant();
        bool divided = MediaType.StartsWith("multipart/", StringComparison.Ordinal) && depth < DeepestNesting;
        Parts = divided && Parameter(type, "boundary") is { } boundary ? Split(body, boundary, depth) : [];
    }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public string MediaType { get; }

    public IReadOnlyList<MimePart> Parts { get; }

    public string? FileName => Parameter(Raw("Content-Disposition") ?? "", "filename") ?? Parameter(Raw("Content-Type") ?? "", "name");

    public static MimePart Read(string mail) => Read(mail, 0);

    public string? Header(string name) => Raw(name) is { } raw ? MimeWords.Decode(raw) : null;

    public byte[] Content()
    {
        switch (Raw("Content-Transfer-Encoding")?.Trim().ToLowerInvariant())
        {
            case "base64":
                var bytes = new byte[_body.Length];
                return Convert.TryFromBase64String(_body, bytes, out int length) ? bytes[..length] : Encoding.Latin1.GetBytes(_body);
            case "quoted-printable":
                return MimeWords.QuotedPrintable(_body.Replace("=\r\n", "", StringComparison.Ordinal));
            default:
                return Encoding.Latin1.GetBytes(_body);
        }
    }

    public string Text() => MimeWords.Charset(Parameter(Raw("Content-Type") ?? "", "charset")).GetString(Content()).ReplaceLineEndings("\n").TrimEnd('\n');

    private static MimePart Read(string text, int depth)
    {
        int end = text.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string head = end < 0 ? text : text[..end];
        string body = end < 0 ? "" : text[(end == 0 ? 2 : end + 4)..];
        List<KeyValuePair<string, string>> headers = [];
        foreach (string line in Folding.Replace(head, " ").Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        return new MimePart(headers, body, depth);
    }

    private static List<MimePart> Split(string body, string boundary, int depth)
    {
        string[] pieces = ("\r\n" + body).Split("\r\n--" + boundary);
        return [.. pieces.Skip(1).TakeWhile(piece => !piece.StartsWith("--", StringComparison.Ordinal)).Select(piece => Read(AfterLine(piece), depth + 1))];
    }

    private static string AfterLine(string piece)
    {
        int end = piece.IndexOf("\r\n", StringComparison.Ordinal);
        return end < 0 ? "" : piece[(end + 2)..];
    }

    private static string? Parameter(string header, string name)
    {
        foreach (string piece in header.Split(';').Skip(1))
        {
            string[] pair = piece.Split('=', 2);
            if (pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return MimeWords.Decode(pair[1].Trim().Trim('"'));
            }
        }

        return null;
    }

    private string? Raw(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding { get; }
}
