namespace Orchestrator.Connectors.Settings;

/// <summary>The real Teams channel.</summary>
/// <param name="Webhook">On: cards go to the Workflows address that the key <c>teams-webhook</c> holds. Off: no cards; people watch the approvals page.</param>
public sealed record TeamsSettings(Switch Webhook)
{
    public static TeamsSettings Read(SettingsSection section)
    {
        Switch? webhook = section.Choice<Switch>("Webhook");
        if (webhook is null && !section.IsFaulty("Webhook"))
        {
            section.Fault("Webhook", "is missing: write \"on\" or \"off\". Without the Teams section the sandbox plays Teams");
        }

        return new(webhook ?? Switch.Off);
    }
}

public enum Switch
{
    Off,
    On,
}
