namespace Orchestrator.Connectors.Settings;

/// <summary>How people sign in.</summary>
/// <param name="ProxyAddresses">The only addresses or networks whose sign-in headers are believed, for <see cref="SignInKind.Proxy"/>.</param>
/// <param name="UserHeader">Names the person.</param>
/// <param name="NameHeader">The person's name for display; optional.</param>
/// <param name="GroupsHeader">Names the person's groups, separated by commas; optional.</param>
public sealed record SignInSettings(SignInKind Kind, IReadOnlyList<string> ProxyAddresses, string UserHeader, string NameHeader, string GroupsHeader)
{
    public static SignInSettings Read(SettingsSection section)
    {
        var settings = new SignInSettings(
            section.Choice<SignInKind>("Kind") ?? SignInKind.Development,
            section.Networks("ProxyAddresses"),
            section.Text("UserHeader") ?? "X-Forwarded-Email",
            section.Text("NameHeader") ?? "X-Forwarded-Preferred-Username",
            section.Text("GroupsHeader") ?? "X-Forwarded-Groups");
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
