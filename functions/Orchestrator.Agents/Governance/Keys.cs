using System.Diagnostics;

namespace Orchestrator.Agents.Governance;

/// <summary>The names of the keys in Key Vault. An activity's one key is declared in <see cref="KeyDeclarations"/>; read and mutation never share one.</summary>
public static class KeyNames
{
    public const string StripeRead = "stripe-read";
    public const string StripeRefund = "stripe-refund";
    public const string StripeWebhook = "stripe-webhook";
    public const string Mail = "mail";
    public const string Teams = "teams-webhook";
    public const string Model = "model-gateway";
    public const string Inbox = "inbox-signature";
    public const string Mailbox = "mailbox";

    public static IReadOnlyList<string> All { get; } = [.. KeyDefinition.All.Select(key => key.Name)];
}

/// <summary>A key for the length of one activity. Its value shows in no string, debugger or JSON.</summary>
[DebuggerDisplay("{Name} {Version}")]
public sealed class KeyLease(string name, string version, string value)
{
    public string Name { get; } = name;

    /// <summary>The version in Key Vault, for the record.</summary>
    public string Version { get; } = version;

    /// <summary>The secret itself: hand it to the wire and to nothing else.</summary>
    public string Reveal() => value;

    public override string ToString() => $"{Name} ({Version})";
}

/// <summary>Where keys come from, asked anew by every activity. Names and versions are Key Vault's, also for a key file.</summary>
public interface IKeyVault
{
    /// <exception cref="PermanentFailureException">Missing, disabled, expired or not allowed; says which name and how to mend it.</exception>
    /// <exception cref="TransientFailureException">The vault did not answer.</exception>
    Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken);
}
