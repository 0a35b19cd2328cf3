using Orchestrator.Connectors.Mail;

namespace Orchestrator.Connectors.Settings;

/// <summary>How mail to customers leaves: by Azure Communication Services or by SMTP. The key <c>mail</c> is its access key or the SMTP password.</summary>
public sealed record MailSettings(Uri? Endpoint, string? SmtpHost, int SmtpPort, string? SmtpUser, SmtpSecurity SmtpSecurity, string Sender)
{
    public static MailSettings Read(SettingsSection section)
    {
        var settings = new MailSettings(
            section.Uri("Endpoint"),
            section.Text("SmtpHost"),
            section.Port("SmtpPort") ?? 587,
            section.Text("SmtpUser"),
            section.Choice<SmtpSecurity>("SmtpSecurity") ?? SmtpSecurity.StartTls,
            section.Text("Sender") ?? "");
        if (settings is { Endpoint: not null, SmtpHost: not null })
        {
            section.Fault("SmtpHost", "and Mail.Endpoint are both given; a customer must get one mail, so keep the one that is meant");
        }

        if (settings is { Endpoint: null, SmtpHost: null } && !section.IsFaulty("Endpoint"))
        {
            section.Fault("Endpoint", "is missing: give the Communication Services endpoint, or Mail.SmtpHost. Without the Mail section the sandbox plays the mail service");
        }

        if (settings.Endpoint is { IsLoopback: false, Scheme: not "https" })
        {
            section.Fault("Endpoint", "must begin with https://");
        }

        if (!IsAddress(settings.Sender))
        {
            section.Fault("Sender", settings.Sender.Length == 0 ? "is missing: write the address that mails come from" : "is no mail address");
        }

        return settings;
    }

    private static bool IsAddress(string text) => System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text;
}
