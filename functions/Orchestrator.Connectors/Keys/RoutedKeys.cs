using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Keys;

/// <summary>
/// Takes the keys of stand-ins from the vault stand-in and every other key from the configured place, so that services become real one at a time.
/// A key that nothing needs under these settings is not asked for at all.
/// </summary>
internal sealed class RoutedKeys(IKeyVault? real, IKeyVault? sandbox, SharedSettings settings) : IKeyVault
{
    public Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken)
    {
        KeyProvider provider = KeyDefinition.Of(name).Provider;
        return IsUnneeded(provider) ? Task.FromResult(new KeyLease(name, "none", ""))
            : (IsPlayed(provider) ? sandbox : real) is { } vault ? vault.GetKeyAsync(name, cancellationToken)
            : throw new PermanentFailureException($"There is nowhere to take the key '{name}' from: set Keys.VaultAddress or Keys.File.");
    }

    private bool IsUnneeded(KeyProvider provider) => provider switch
    {
        KeyProvider.Teams => settings.Teams?.Webhook == Switch.Off,
        KeyProvider.Mail => settings.Mail is { SmtpHost: not null, SmtpUser: null },
        _ => false,
    };

    private bool IsPlayed(KeyProvider provider) => provider switch
    {
        KeyProvider.Stripe or KeyProvider.StripeWebhook => settings.Stripe is null,
        KeyProvider.Mail => settings.Mail is null,
        KeyProvider.Teams => settings.Teams is null,
        KeyProvider.Mailbox => settings.Mailbox is null,
        KeyProvider.Model or KeyProvider.Inbox => settings.Keys is null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
