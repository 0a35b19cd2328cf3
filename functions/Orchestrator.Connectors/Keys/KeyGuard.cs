using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Keys;

/// <summary>Looks at the Stripe keys before anything starts, where they are for the real Stripe.</summary>
public static class KeyGuard
{
    /// <exception cref="SettingsException">A key is of the wrong kind, or can't be had.</exception>
    public static async Task CheckAsync(IKeyVault vault, SharedSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Stripe is not { } stripe)
        {
            return;
        }

        foreach (KeyDefinition key in KeyDefinition.For(KeyProvider.Stripe))
        {
            if (StripeKeyRules.Refuse(await GetAsync(vault, key.Name, cancellationToken), stripe.Mode) is { } why)
            {
                throw new SettingsException(why);
            }
        }
    }

    private static async Task<KeyLease> GetAsync(IKeyVault vault, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.GetKeyAsync(name, cancellationToken);
        }
        catch (OutsideFailureException failure)
        {
            throw new SettingsException(failure.Message, failure);
        }
    }
}
