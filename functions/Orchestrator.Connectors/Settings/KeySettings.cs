namespace Orchestrator.Connectors.Settings;

/// <summary>Where keys come from: one of the two.</summary>
/// <param name="VaultAddress">An Azure Key Vault.</param>
/// <param name="File">A key file that only its owner may read, for a machine without Azure.</param>
public sealed record KeySettings(Uri? VaultAddress, string? File)
{
    public static KeySettings Read(SettingsSection section)
    {
        var settings = new KeySettings(section.Uri("VaultAddress"), section.Path("File"));
        if (settings is { VaultAddress: not null, File: not null })
        {
            section.Fault("File", "and Keys.VaultAddress are both given; keep the one that holds the keys");
        }

        if (settings is { VaultAddress: null, File: null } && !section.IsFaulty("VaultAddress"))
        {
            section.Fault("VaultAddress", "is missing: give the vault's address, or Keys.File. Without the Keys section the sandbox plays Key Vault");
        }

        if (settings.VaultAddress is { Scheme: not "https" })
        {
            section.Fault("VaultAddress", "must begin with https://: keys travel over it");
        }

        return settings;
    }
}
