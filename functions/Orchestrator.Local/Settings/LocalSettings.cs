namespace Orchestrator.Local.Settings;

/// <summary>All settings, checked. A service whose section is null is played by the sandbox.</summary>
/// <param name="Model">Null: mails are read by rules, without a network.</param>
internal sealed record LocalSettings(
    WebSettings Web,
    SignInSettings SignIn,
    StripeSettings? Stripe,
    KeySettings? Keys,
    MailSettings? Mail,
    TeamsSettings? Teams,
    ModelSettings? Model,
    MailboxSettings? Mailbox,
    PolicySettings Policy,
    SandboxSettings Sandbox,
    TaskHubSettings TaskHub)
{
    /// <summary>Nothing is real.</summary>
    public static LocalSettings AllPlayed { get; } = new(
        new(System.Net.IPAddress.Loopback, WebSettings.DefaultPort, null),
        new(SignInKind.Development, [], "", "", ""),
        null, null, null, null, null, null,
        new(null),
        new(null, Seed: true, CardsPerSecond: 4),
        new(null, TaskHubSettings.DefaultMaxPayloadBytes));

    /// <summary>What the sandbox plays, in words.</summary>
    public IReadOnlyList<string> Played => [.. new[]
    {
        (Stripe is null, "Stripe"), (Keys is null, "Key Vault"), (Mail is null, "mail"), (Teams is null, "Teams"), (Mailbox is null, "the mailbox"),
    }.Where(one => one.Item1).Select(one => one.Item2)];

    public bool UsesSandbox => Stripe is null || Keys is null || Mail is null || Teams is null || Mailbox is null;
}
