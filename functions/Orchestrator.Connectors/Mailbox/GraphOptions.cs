using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>The shared mailbox that support mails reach.</summary>
public sealed record GraphOptions
{
    /// <param name="mailbox">Its address.</param>
    /// <param name="mailboxId">Its object id, which notifications name; when null, any object id is taken, and the message is looked for in <paramref name="mailbox"/> all the same.</param>
    /// <param name="baseAddress">Default <c>https://graph.microsoft.com</c>; the sandbox's address otherwise.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public GraphOptions(string? mailbox, string? mailboxId = null, Uri? baseAddress = null, TimeSpan? timeout = null)
    {
        Mailbox = Checked.Mailbox(mailbox, "Mailbox:Address");
        MailboxId = mailboxId is null || Guid.TryParse(mailboxId, out _) ? mailboxId : throw new SettingsException("'Mailbox:ObjectId' must be a GUID, as Entra shows it.");
        BaseAddress = Checked.Address(baseAddress ?? new("https://graph.microsoft.com"), "Mailbox:BaseAddress");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(30), "Mailbox:Timeout");
    }

    public string Mailbox { get; }

    public string? MailboxId { get; }

    public Uri BaseAddress { get; }

    public TimeSpan Timeout { get; }
}
