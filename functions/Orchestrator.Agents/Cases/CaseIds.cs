using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Agents.Cases;

/// <summary>Ids and keys that are derived, never random: the same mail always gives the same case, the same intent the same key.</summary>
public static class CaseIds
{
    private const string FailedMark = "-failed-";
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary><c>case-</c> and 16 characters (80 bits) from the mail's message id.</summary>
    public static string ForMessage(string messageId)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(messageId));
        return "case-" + string.Concat(hash.Take(16).Select(part => Alphabet[part & 31]));
    }

    /// <summary>Whether a text can be a case's id at all. Backends write what they are asked for into their logs: what people type in, an address or a name, must not get there.</summary>
    public static bool IsCaseId(string text) =>
        text is { Length: <= 200 } && text.StartsWith("case-", StringComparison.Ordinal) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>The case that follows when a refund fails at the bank after its own case was closed.</summary>
    public static string OfFailedRefund(string caseId, string refund) => $"{caseId}{FailedMark}{refund}";

    /// <summary>The closed case that such a case follows; null for any other.</summary>
    public static string? ClosedCaseOf(string caseId)
    {
        ArgumentNullException.ThrowIfNull(caseId);
        int mark = caseId.IndexOf(FailedMark, StringComparison.Ordinal);
        return mark < 0 ? null : caseId[..mark];
    }

    public static string Approval(string caseId, int round) => $"{caseId}-r{round}";

    /// <summary>The event that announces the conclusion of a round; one name per round.</summary>
    public static string ApprovalEvent(int round) => $"approval-{round}";

    /// <summary>Stripe's <c>Idempotency-Key</c> for an intent of a case.</summary>
    public static string IdempotencyKey(string caseId, string intent) => $"{caseId}:{intent}";

    /// <summary>A GUID (RFC 9562 version 8) derived from case and intent, for providers that take no other key.</summary>
    public static Guid OperationId(string caseId, string intent)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{caseId}:{intent}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
