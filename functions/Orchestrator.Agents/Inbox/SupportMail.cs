using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Orchestrator.Agents.Inbox;

/// <summary>
/// One mail as it reached the support inbox, after HTML was read as text. Personal: it lives in the case file, and history holds only its <see cref="MessageId"/>.
/// </summary>
/// <param name="MessageId">The sender's Message-ID or the mailbox's own id; the same message twice has one id.</param>
/// <param name="ThreadId">The conversation it belongs to.</param>
/// <param name="Text">Plain text, quoted history and signature included; quotations are taken off when it is read.</param>
public sealed record SupportMail(
    string MessageId,
    string ThreadId,
    MailAddress From,
    string? ReplyTo,
    string Subject,
    string Text,
    DateTimeOffset ReceivedAt)
{
    /// <summary>Whether the sender is who the mail says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SenderProof Proof { get; init; }

    /// <summary>Sender and content as one hash: a second mail under a known message id is the same mail only if this is the same, else its id was taken by somebody.</summary>
    public string Fingerprint()
    {
        string said = string.Join('\n', Correspondent.Key(From.Address), Subject, Text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..32];
    }
}

/// <summary>A name and an address as a mail states them; the name proves nothing.</summary>
public sealed record MailAddress(string? Name, string Address);
