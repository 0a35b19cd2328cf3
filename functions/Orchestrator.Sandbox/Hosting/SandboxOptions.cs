namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// Which stand-ins to start and where. A port that is null leaves its service out; 0 takes any free port.
/// Only 127.0.0.1 is ever listened on.
/// </summary>
public sealed record SandboxOptions
{
    /// <summary>Where the stand-ins keep what they know, readable by its owner only; null keeps nothing past the process.</summary>
    public string? StateFolder { get; init; }

    public int? StripePort { get; init; }

    public int? VaultPort { get; init; }

    public int? MailPort { get; init; }

    /// <summary>Mail by SMTP, delivered to the outbox that <see cref="MailPort"/> shows.</summary>
    public int? SmtpPort { get; init; }

    public int? TeamsPort { get; init; }

    public int? ModelsPort { get; init; }

    public int? GraphPort { get; init; }

    /// <summary>Secrets by name, put into the vault at the start where no version of that name exists yet.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Domains the mail service may send from; empty allows any. Others get <c>DomainNotLinked</c>.</summary>
    public IReadOnlyList<string> MailDomains { get; init; } = [];

    /// <summary>Cards a second before the Teams webhook answers 429; 0 never does. Teams itself allows 4.</summary>
    public double TeamsCardsPerSecond { get; init; } = 4;

    /// <summary>The shared mailbox that Graph serves.</summary>
    public string Mailbox { get; init; } = "support@sandbox.example";

    /// <summary>Everything, on free ports.</summary>
    public static SandboxOptions Everything(string? stateFolder) => new()
    {
        StateFolder = stateFolder,
        StripePort = 0,
        VaultPort = 0,
        MailPort = 0,
        SmtpPort = 0,
        TeamsPort = 0,
        ModelsPort = 0,
        GraphPort = 0,
    };
}
