namespace Orchestrator.Connectors.Settings;

/// <summary>A shared mailbox in Microsoft 365, or none: then mails come in over <c>POST /inbox/messages</c> only.</summary>
/// <param name="Use">Off: no mailbox is watched.</param>
/// <param name="Address">The mailbox, such as <c>support@example.com</c>.</param>
/// <param name="TenantId">Its Entra tenant; with <paramref name="ClientId"/> the key <c>mailbox</c> is that application's secret. Without both, Azure's default credential signs in.</param>
public sealed record MailboxSettings(Switch Use, string Address, string? TenantId, string? ClientId, Uri GraphAddress)
{
    public static readonly Uri RealGraph = new("https://graph.microsoft.com/");

    public static MailboxSettings Read(SettingsSection section)
    {
        var settings = new MailboxSettings(
            section.Choice<Switch>("Use") ?? Switch.On,
            section.Text("Address") ?? "",
            section.Text("TenantId"),
            section.Text("ClientId"),
            section.Uri("GraphAddress") ?? RealGraph);
        if (settings.Use == Switch.On && !System.Net.Mail.MailAddress.TryCreate(settings.Address, out _))
        {
            section.Fault("Address", "is no mail address: write the shared mailbox's, or set Mailbox.Use to \"off\"");
        }

        if (settings.TenantId is null != settings.ClientId is null)
        {
            section.Fault(settings.TenantId is null ? "TenantId" : "ClientId", "is missing: tenant and client are given together");
        }

        if (settings.GraphAddress is { IsLoopback: false, Scheme: not "https" })
        {
            section.Fault("GraphAddress", "must begin with https://");
        }

        return settings;
    }
}
