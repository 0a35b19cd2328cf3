namespace Orchestrator.Agents.Inbox;

/// <summary>Signatures that announce themselves: the delimiter of RFC 3676 and the lines that phones and mail apps add.</summary>
internal static class Signature
{
    private const int LongestDeviceLine = 90;

    private static readonly string[] DeviceLines =
    [
        "sent from my ", "sent from mail for", "sent from outlook", "sent from yahoo", "sent from samsung", "sent from proton", "sent with proton", "sent via ", "sent on the go", "get outlook for",
        "von meinem ", "gesendet von ", "gesendet mit ", "diese nachricht wurde von meinem", "envoyé de mon ", "envoyé depuis ", "envoyé à partir ", "télécharger outlook", "enviado desde ", "enviado do meu ", "enviado a partir ",
        "obtener outlook", "obter o outlook", "inviato da ", "inviato dal ", "scarica outlook", "verstuurd vanaf ", "verzonden vanaf ", "verzonden met ", "outlook voor ", "skickat från ", "sendt fra ", "wysłane z ", "odesláno z ", "iphoneから送信",
    ];

    /// <summary><c>-- </c> alone on its line; many clients drop the blank.</summary>
    public static bool IsDelimiter(string line) => line is "-- " or "--" or "--\u00a0" || (line.Length >= 5 && line.Trim('_').Length == 0);

    /// <summary>Takes off the lines at the end that a device wrote.</summary>
    public static void TakeOffDevice(List<string> lines)
    {
        while (lines.Count > 0 && (string.IsNullOrWhiteSpace(lines[^1]) || IsDeviceLine(lines[^1])))
        {
            lines.RemoveAt(lines.Count - 1);
        }
    }

    private static bool IsDeviceLine(string line)
    {
        string trimmed = line.Trim().TrimStart('*', '_', '<', '[', '-', ' ');
        return trimmed.Length < LongestDeviceLine && Array.Exists(DeviceLines, d => trimmed.StartsWith(d, StringComparison.OrdinalIgnoreCase));
    }
}
