using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Keys;

/// <summary>
/// Takes the keys of stand-ins from the vault stand-in and every other key from the configured place, so that services become real one at a time.
/// A key that nothing needs under these settings is not asked for at all.
/// </summary>
internal sealed class RoutedKeys(IKeyVault? real, IKeyVault? sandbox, SharedSettings settings) : IKeyVault
{
    public Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken) =>
        IsUnneeded(name) ? Task.FromResult(new KeyLease(name, "none", ""))
        : (IsPlayed(name) ? sandbox : real) is { } vault ? vault.GetKeyAsync(name, cancellationToken)
        : throw new PermanentFailureException($"There is nowhere to take the key '{name}' from: set Keys.VaultAddress or Keys.File.");

    private bool IsUnneeded(string name) => name switch
    {
        KeyNames.Teams => settings.Teams?.Webhook == Switch.Off,
        KeyNames.Mail => settings.Mail is { SmtpHost: not null, SmtpUser: null },
        _ => false,
    };

    private bool IsPlayed(string name) => name switch
    {
        KeyNames.StripeRead or KeyNames.StripeRefund or KeyNames.StripeWebhook => settings.Stripe is null,
        KeyNames.Mail => settings.Mail is null,
        KeyNames.Teams => settings.Teams is null,
        KeyNames.Mailbox => settings.Mailbox is null,
        _ => settings.Keys is null,
    };
}
