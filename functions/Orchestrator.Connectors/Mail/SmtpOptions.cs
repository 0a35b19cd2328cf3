using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Mail;

/// <summary>A mail server. The password is the key <c>mail</c>.</summary>
public sealed record SmtpOptions
{
    /// <param name="user">Null for a server that asks for no sign-in.</param>
    /// <param name="security">Default STARTTLS; none only to this machine.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public SmtpOptions(string? host, int port, string? sender, string? user = null, SmtpSecurity security = SmtpSecurity.StartTls, TimeSpan? timeout = null)
    {
        Host = Checked.Text(host, "Smtp:Host");
        Port = port is > 0 and <= 65535 ? port : throw new SettingsException("'Smtp:Port' must be a port: 587 for STARTTLS, 465 for TLS.");
        Sender = Checked.Mailbox(sender, "Smtp:Sender");
        User = user is null ? null : Checked.Text(user, "Smtp:User");
        Security = security != SmtpSecurity.None || Host is "localhost" or "127.0.0.1" or "::1"
            ? security
            : throw new SettingsException("'Smtp:Security' may be none only for a server on this machine: password and mails would travel in the clear.");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(60), "Smtp:Timeout");
    }

    public string Host { get; }

    public int Port { get; }

    public string Sender { get; }

    public string? User { get; }

    public SmtpSecurity Security { get; }

    /// <summary>For the whole conversation.</summary>
    public TimeSpan Timeout { get; }
}

public enum SmtpSecurity
{
    /// <summary>Begins in the clear and must go over to TLS (usually port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (usually port 465).</summary>
    Tls,
    None,
}
