namespace Orchestrator.Connectors.Settings;

/// <summary>Values of options, each as it must be or refused by its setting's name.</summary>
internal static class Checked
{
    /// <summary>An absolute http(s) address without user info, query or fragment; plain http on loopback alone, because keys travel over it.</summary>
    public static Uri Address(Uri? address, string setting) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/")
            : throw new SettingsException($"'{setting}' must be an address such as https://example.com (http only on this machine), without user, query or fragment.");

    public static string Text(string? value, string setting) =>
        !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl) ? value.Trim() : throw new SettingsException($"'{setting}' must be set, on one line.");

    public static TimeSpan Time(TimeSpan value, string setting) =>
        value > TimeSpan.Zero && value <= TimeSpan.FromMinutes(10) ? value : throw new SettingsException($"'{setting}' must be more than zero and at most ten minutes.");

    public static string Mailbox(string? address, string setting) => Mail.MailHeaders.IsAddress(address)
        ? address!
        : throw new SettingsException($"'{setting}' must be a mail address such as support@example.com.");
}
