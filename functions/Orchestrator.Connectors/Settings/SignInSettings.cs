namespace Orchestrator.Connectors.Settings;

/// <summary>How people sign in.</summary>
/// <param name="ProxyAddresses">The only addresses or networks whose sign-in headers are believed, for <see cref="SignInKind.Proxy"/>.</param>
/// <param name="UserHeader">Names the person. Only what the proxy sets on every request, and strips from outside, may be named here; the same goes for the others.</param>
/// <param name="NameHeader">The person's name for display; null: no header is believed about it.</param>
/// <param name="GroupsHeader">Names the person's groups, separated by commas; null: no header is believed about them.</param>
public sealed record SignInSettings(
    SignInKind Kind, IReadOnlyList<string> ProxyAddresses, string? UserHeader = null, string? NameHeader = null, string? GroupsHeader = null)
{
    /// <summary>What the proxy must take off every request from outside, because it is believed when it comes from the proxy.</summary>
    public IReadOnlyList<string> BelievedHeaders => [.. new[] { UserHeader, NameHeader, GroupsHeader }.OfType<string>()];

    public static SignInSettings Read(SettingsSection section)
    {
        var settings = new SignInSettings(
            section.Choice<SignInKind>("Kind") ?? SignInKind.Development,
            section.Networks("ProxyAddresses"),
            section.Text("UserHeader"),
            section.Text("NameHeader"),
            section.Text("GroupsHeader"));
        CheckHeaders(section, settings);
        if (settings.Kind == SignInKind.Proxy && settings.ProxyAddresses.Count == 0 && !section.IsFaulty("ProxyAddresses"))
        {
            section.Fault("ProxyAddresses", "is missing: name the addresses of your proxy, such as [\"10.0.0.5\"] or [\"10.0.0.0/24\"], so that no one else's headers are believed");
        }

        if (settings.Kind != SignInKind.Proxy && settings.ProxyAddresses.Count > 0)
        {
            section.Fault("ProxyAddresses", "is only for Kind \"proxy\"; set that, or take the addresses out");
        }

        return settings;
    }

    private static void CheckHeaders(SettingsSection section, SignInSettings settings)
    {
        if (settings.Kind == SignInKind.Proxy && settings.UserHeader is null)
        {
            section.Fault("UserHeader", "is missing: name the header in which your proxy says who is signed in, such as X-Forwarded-Email; no other is believed");
        }

        foreach ((string key, string? header) in new[] { ("UserHeader", settings.UserHeader), ("NameHeader", settings.NameHeader), ("GroupsHeader", settings.GroupsHeader) })
        {
            if (header is not null && settings.Kind != SignInKind.Proxy)
            {
                section.Fault(key, "is only for Kind \"proxy\"; set that, or take the header out");
            }
            else if (header is not null && !header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            {
                section.Fault(key, $"is '{header}', which is no name of a header: letters, digits and dashes");
            }
        }

        if (settings.BelievedHeaders.Distinct(StringComparer.OrdinalIgnoreCase).Count() < settings.BelievedHeaders.Count)
        {
            section.Fault("UserHeader", "stands for two things: name a header of its own for the person, the name and the groups");
        }
    }
}

public enum SignInKind
{
    /// <summary>A one-time code from the log or the state folder. Loopback and test mode only.</summary>
    Development,

    /// <summary>An authenticating proxy before this process.</summary>
    Proxy,

    /// <summary>App Service Authentication.</summary>
    AppService,
}
