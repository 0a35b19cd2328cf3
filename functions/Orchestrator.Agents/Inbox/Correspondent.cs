using System.Globalization;

namespace Orchestrator.Agents.Inbox;

/// <summary>Whose mail it is. An address speaks for the case that it opened and for no other; a thread's id proves nothing, since everybody in a conversation knows it.</summary>
public static class Correspondent
{
    private static readonly IdnMapping Idn = new();

    /// <summary>An address in the form in which two of them are compared: lower case, and the domain as it stands in the DNS. Look-alikes stay different.</summary>
    public static string Key(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string plain = address.Trim().ToLowerInvariant();
        int at = plain.LastIndexOf('@');
        return at < 0 ? plain : plain[..(at + 1)] + Ascii(plain[(at + 1)..]);
    }

    public static bool AreSame(string left, string right) => Key(left) == Key(right);

    /// <summary>
    /// The conversation that a mail belongs to, as far as it speaks for it. A mail without a thread, and one whose sender's authentication failed, is a conversation of its own.
    /// </summary>
    public static string Conversation(SupportMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return string.IsNullOrWhiteSpace(mail.ThreadId) || mail.Proof == SenderProof.Fails ? "message:" + mail.MessageId : mail.ThreadId;
    }

    private static string Ascii(string domain)
    {
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}

/// <summary>What whoever received a mail found out about its sender (SPF, DKIM and DMARC; RFC 8601).</summary>
public enum SenderProof
{
    /// <summary>Nobody said anything. Accepted, and never taken for proved.</summary>
    NotReported,

    /// <summary>The sender's domain vouches for the mail.</summary>
    Holds,

    /// <summary>The sender's domain disowns the mail: it speaks for nobody.</summary>
    Fails,
}
