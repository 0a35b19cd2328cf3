namespace Orchestrator.Connectors.Settings;

/// <param name="File">The refund policy; null: <c>refund-policy.yaml</c> in the state folder, written there at the first start.</param>
public sealed record PolicySettings(string? File)
{
    public static PolicySettings Read(SettingsSection section) => new(section.Path("File"));
}
