using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Keys;

/// <summary>Opens the places where keys are, as the settings say.</summary>
public static class KeyRing
{
    public static IKeyVault Open(SharedSettings settings, SandboxFile sandbox, TimeProvider clock)
    {
        IKeyVault? played = sandbox.Vault is { } vault
            ? new KeyVaultKeys(new(vault.Address, X509Certificate2.CreateFromPem(vault.Certificate)), new SandboxToken(vault.Token), clock)
            : null;
        IKeyVault? real = settings.Keys switch
        {
            { File: { } file } => new KeyFileKeys(file, clock),
            { VaultAddress: { } address } => new KeyVaultKeys(new(address), new DefaultAzureCredential(), clock),
            _ => null,
        };
        return new RoutedKeys(real, played, settings);
    }

    /// <summary>What the vault stand-in takes for a token of Entra ID.</summary>
    private sealed class SandboxToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
