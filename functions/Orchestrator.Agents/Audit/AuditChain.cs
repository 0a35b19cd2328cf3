using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Agents.Audit;

/// <summary>The hash chain over audit records: a changed, removed or reordered record breaks it from there on.</summary>
public static class AuditChain
{
    /// <summary>What stands before the first record.</summary>
    public static readonly string Genesis = new('0', 64);

    public static AuditRecord Seal(long sequence, string previousHash, AuditEntry entry) =>
        new(sequence, entry, previousHash, HashOf(sequence, previousHash, entry));

    /// <summary>Walks the records in order.</summary>
    /// <param name="head">Sequence and hash of the newest record as noted outside the log, so that a cut tail is found; null when nothing was noted.</param>
    public static async Task<AuditVerdict> VerifyAsync(IAsyncEnumerable<AuditRecord> records, (long Sequence, string Hash)? head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        long expected = 1;
        string previous = Genesis;
        bool headSeen = head is null or { Sequence: 0 };
        await foreach (AuditRecord record in records.WithCancellation(cancellationToken))
        {
            if (record.Sequence != expected)
            {
                return new(expected - 1, expected, $"Record {expected} is missing: record {record.Sequence} stands in its place.");
            }

            if (record.PreviousHash != previous)
            {
                return new(expected, expected, $"Record {expected} does not follow record {expected - 1}: one of them was exchanged.");
            }

            if (HashOf(record.Sequence, record.PreviousHash, record.Entry) != record.Hash)
            {
                return new(expected, expected, $"Record {expected} was changed after it was written.");
            }

            headSeen |= head is { } noted && noted.Sequence == record.Sequence && noted.Hash == record.Hash;
            previous = record.Hash;
            expected++;
        }

        return headSeen
            ? new(expected - 1, null, $"{expected - 1} records, chain intact.")
            : new(expected - 1, Math.Min(head!.Value.Sequence, expected), $"The log ends at record {expected - 1}, but record {head.Value.Sequence} was acknowledged: the end was cut off or rewritten.");
    }

    private static string HashOf(long sequence, string previousHash, AuditEntry entry)
    {
        var text = new StringBuilder();
        Add(text, sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(text, previousHash);
        Add(text, entry.Time.ToUniversalTime().ToString("O"));
        foreach (string? field in new[] { entry.CaseId, entry.Actor, entry.Tool, entry.Arguments, entry.RequestId, entry.IdempotencyKey, entry.KeyName, entry.KeyVersion, entry.ModelRoute, entry.Outcome })
        {
            Add(text, field);
        }

        foreach (string id in entry.Objects)
        {
            Add(text, id);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Length first, so that no two lists of fields give one text.</summary>
    private static void Add(StringBuilder text, string? field) =>
        _ = field is null ? text.Append("-;") : text.Append(field.Length).Append(':').Append(field).Append(';');
}
