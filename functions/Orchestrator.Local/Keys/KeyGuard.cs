using Orchestrator.Agents.Governance;
using Orchestrator.Local.Settings;

namespace Orchestrator.Local.Keys;

/// <summary>Looks at the Stripe keys before anything starts, where they are for the real Stripe.</summary>
internal static class KeyGuard
{
    /// <exception cref="LocalException">A key is of the wrong kind, or can't be had.</exception>
    public static async Task CheckAsync(IKeyVault vault, LocalSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Stripe is not { } stripe)
        {
            return;
        }

        foreach (string name in new[] { KeyNames.StripeRead, KeyNames.StripeRefund })
        {
            if (StripeKeyRules.Refuse(await GetAsync(vault, name, cancellationToken), stripe.Mode) is { } why)
            {
                throw new LocalException(why);
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
            throw new LocalException(failure.Message, failure);
        }
    }
}
