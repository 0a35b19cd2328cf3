namespace Orchestrator.Connectors.Settings;

/// <summary>The settings that every head reads alike, checked. A service whose section is null is played by the sandbox.</summary>
/// <param name="PublicAddress">How people reach the pages; links in cards and mails begin with it. Null: the head's own address.</param>
/// <param name="Model">Null: mails are read by rules, without a network.</param>
public sealed record SharedSettings(
    Uri? PublicAddress,
    SignInSettings SignIn,
    StripeSettings? Stripe,
    KeySettings? Keys,
    MailSettings? Mail,
    TeamsSettings? Teams,
    ModelSettings? Model,
    MailboxSettings? Mailbox,
    PolicySettings Policy,
    SandboxSettings Sandbox)
{
    /// <summary>Who may what.</summary>
    public RoleSettings Roles { get; init; } = new();

    /// <summary>Nothing is real.</summary>
    public static SharedSettings AllPlayed { get; } = new(
        null,
        new(SignInKind.Development, []),
        null, null, null, null, null, null,
        new(null),
        new(null, Seed: true, CardsPerSecond: 4));

    /// <summary>What the sandbox plays, in words.</summary>
    public IReadOnlyList<string> Played => [.. new[]
    {
        (Stripe is null, "Stripe"), (Keys is null, "Key Vault"), (Mail is null, "mail"), (Teams is null, "Teams"), (Mailbox is null, "the mailbox"),
    }.Where(one => one.Item1).Select(one => one.Item2)];

    public bool UsesSandbox => Stripe is null || Keys is null || Mail is null || Teams is null || Mailbox is null;

    /// <summary>Takes the shared sections; faults are noted in <paramref name="reader"/>.</summary>
    /// <param name="publicAddress"><c>Web.PublicAddress</c>, which <see cref="ReadPublicAddress"/> takes out of a section that is otherwise a head's own.</param>
    public static SharedSettings Read(SettingsReader reader, Uri? publicAddress)
    {
        SignInSettings signIn = reader.Section("SignIn", SignInSettings.Read);
        RoleSettings roles = reader.Section("Roles", RoleSettings.Read);
        var settings = new SharedSettings(
            publicAddress,
            signIn,
            reader.Optional("Stripe", StripeSettings.Read),
            reader.Optional("Keys", KeySettings.Read),
            reader.Optional("Mail", MailSettings.Read),
            reader.Optional("Teams", TeamsSettings.Read),
            reader.Optional("Model", ModelSettings.Read),
            reader.Optional("Mailbox", MailboxSettings.Read),
            reader.Section("Policy", PolicySettings.Read),
            reader.Section("Sandbox", SandboxSettings.Read))
        {
            Roles = roles,
        };
        SettingsTogether.Check(settings, reader);
        return settings;
    }

    public static Uri? ReadPublicAddress(SettingsSection web)
    {
        Uri? address = web.Uri("PublicAddress");
        if (address is { IsLoopback: false, Scheme: not "https" })
        {
            web.Fault("PublicAddress", "must begin with https://: sign-in and approvals travel over it");
        }

        return address;
    }
}
