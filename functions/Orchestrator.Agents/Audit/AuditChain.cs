using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Agents.Audit;

/// <summary>The hash chain over audit records: a changed, removed or reordered record breaks it from there on.</summary>
public static class AuditChain
{
    /// <summary>What stands before the first record.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>What is put on the record when a log is opened whose end was marked and is no more.</summary>
    private const string MarkWasGone = "audit.head.renote";

    /// <param name="lastSequence">Where the log ended then.</param>
    public static AuditEntry MarkGone(DateTimeOffset now, long lastSequence) => new(
        now, null, "records", MarkWasGone, $$"""{"log_ended_at":{{lastSequence}}}""", [], null, null, null, null, null, "succeeded");

    public static AuditRecord Seal(long sequence, string previousHash, AuditEntry entry) =>
        new(sequence, entry, previousHash, HashOf(sequence, previousHash, entry));

    /// <summary>Walks the records in order.</summary>
    /// <param name="head">Sequence and hash of the newest record as noted outside the log, so that a cut tail is found; null when the mark is gone: then nobody can say that the end is the end.</param>
    public static async Task<AuditVerdict> VerifyAsync(IAsyncEnumerable<AuditRecord> records, (long Sequence, string Hash)? head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        string? gone = null;
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
            gone = record.Entry.Tool == MarkWasGone ? WhenItWasGone(record) : gone;
            previous = record.Hash;
            expected++;
        }

        if (head is null && expected > 1)
        {
            return new(
                expected - 1,
                expected,
                $"{expected - 1} records, unchanged as far as they go; but the mark of the log's end is gone, so whether records after {expected - 1} were cut off can't be told. "
                + $"It is made anew at the next start, which is put on the record.{gone}");
        }

        return headSeen
            ? new(expected - 1, null, $"{expected - 1} records, chain intact.{gone}")
            : new(expected - 1, Math.Min(head!.Value.Sequence, expected), $"The log ends at record {expected - 1}, but record {head.Value.Sequence} was acknowledged: the end was cut off or rewritten.");
    }

    private static string WhenItWasGone(AuditRecord record) =>
        $" The mark of its end was gone on {record.Entry.Time.ToUniversalTime():d MMMM yyyy, HH:mm} UTC, when the log ended at record {record.Sequence - 1}: "
        + "whether later records had been cut off before then can't be told.";

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
