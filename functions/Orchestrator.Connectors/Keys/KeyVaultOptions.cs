using System.Security.Cryptography.X509Certificates;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Keys;

/// <summary>Where the keys are.</summary>
public sealed record KeyVaultOptions
{
    /// <param name="address"><c>https://name.vault.azure.net</c>, or the sandbox's on loopback.</param>
    /// <param name="pinned">The one certificate that a vault on loopback must show; only for one on loopback.</param>
    /// <param name="timeout">For one request; default 10 s.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public KeyVaultOptions(Uri? address, X509Certificate2? pinned = null, TimeSpan? timeout = null)
    {
        Address = Checked.Address(address, "KeyVault:Address");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(10), "KeyVault:Timeout");
        Pinned = pinned;
        if (Address.Scheme != Uri.UriSchemeHttps)
        {
            throw new SettingsException("'KeyVault:Address' must begin with https://: Key Vault's client speaks nothing else.");
        }

        if (pinned is not null && !Address.IsLoopback)
        {
            throw new SettingsException("'KeyVault:PinnedCertificate' is only for a vault on this machine; a real vault is trusted by its certificate chain.");
        }
    }

    public Uri Address { get; }

    public X509Certificate2? Pinned { get; }

    public TimeSpan Timeout { get; }
}
