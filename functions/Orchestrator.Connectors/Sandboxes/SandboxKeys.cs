using System.Security.Cryptography;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Sandboxes;

/// <summary>
/// Fills the vault stand-in: a restricted Stripe key per purpose with the permissions that one needs, and what the other stand-ins let in with.
/// A key that is there already stays: whoever put it there rotated it.
/// </summary>
public static class SandboxKeys
{
    /// <param name="webhookUrl">Where the Stripe stand-in is to send its events.</param>
    public static async Task FillAsync(SandboxFile sandbox, Uri webhookUrl, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        if (sandbox.Vault is not { } vaultStandIn)
        {
            return;
        }

        using var vault = new VaultSecrets(vaultStandIn);
        await Task.WhenAll(
            MakeAsync(KeyNames.Inbox, RandomText),
            PutAsync(KeyNames.Mail, sandbox.Mail?.AccessKey),
            PutAsync(KeyNames.Teams, sandbox.Teams?.Webhook.AbsoluteUri),
            PutAsync(KeyNames.Mailbox, sandbox.Graph?.Token),
            FillStripeAsync(sandbox.Stripe, vault, webhookUrl, MakeAsync, cancellationToken));

        async Task MakeAsync(string name, Func<string> make)
        {
            if (await vault.FindAsync(name, cancellationToken) is null)
            {
                await vault.PutAsync(name, make(), cancellationToken);
            }
        }

        async Task PutAsync(string name, string? value)
        {
            if (value is not null && await vault.FindAsync(name, cancellationToken) != value)
            {
                await vault.PutAsync(name, value, cancellationToken);
            }
        }
    }

    private static async Task FillStripeAsync(StripeStandIn? stripe, VaultSecrets vault, Uri webhookUrl, Func<string, Func<string>, Task> makeAsync, CancellationToken cancellationToken)
    {
        if (stripe is null)
        {
            return;
        }

        using var shop = new StripeShop(stripe.Address);
        foreach (KeyDefinition key in KeyDefinition.For(KeyProvider.Stripe))
        {
            await RestrictedAsync(key.Name, key.Rights);
        }

        bool known = await vault.FindAsync(KeyNames.StripeWebhook, cancellationToken) is not null;
        if (await shop.SendEventsToAsync(webhookUrl, known, cancellationToken) is { } secret)
        {
            await vault.PutAsync(KeyNames.StripeWebhook, secret, cancellationToken);
        }

        async Task RestrictedAsync(string name, IReadOnlyList<string> permissions)
        {
            await makeAsync(name, () => "rk_test_" + RandomText());
            if (await vault.FindAsync(name, cancellationToken) is { } key && key.StartsWith("rk_test_", StringComparison.Ordinal))
            {
                await shop.RegisterKeyAsync(key, permissions, cancellationToken);
            }
        }
    }

    private static string RandomText() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
}
