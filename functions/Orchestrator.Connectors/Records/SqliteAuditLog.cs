using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Records;

internal sealed class SqliteAuditLog(RecordsWriter? writer, RecordsReader reader, string headPath) : IAuditLog
{
    private const int Page = 500;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(transaction => transaction.Append(entry), cancellationToken);

    public async IAsyncEnumerable<AuditRecord> ReadAsync(string? caseId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<AuditRecord> page = caseId is null ? PageOfAll(after) : PageOfCase(caseId, after);
            foreach (AuditRecord record in page)
            {
                yield return record;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Sequence;
            await Task.Yield();
        }
    }

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        // The head is read first: what is appended during the walk lies beyond it.
        (long Sequence, string Hash)? head = AuditHead.Read(headPath);
        return AuditChain.VerifyAsync(ReadAsync(null, cancellationToken), head, cancellationToken);
    }

    private IReadOnlyList<AuditRecord> PageOfAll(long after) => reader.Query(
        "SELECT sequence, entry, previous_hash, hash FROM audit WHERE sequence > $after ORDER BY sequence LIMIT $page",
        Record,
        ("$after", after),
        ("$page", Page));

    private IReadOnlyList<AuditRecord> PageOfCase(string caseId, long after) => reader.Query(
        "SELECT sequence, entry, previous_hash, hash FROM audit WHERE case_id = $case AND sequence > $after ORDER BY sequence LIMIT $page",
        Record,
        ("$case", caseId),
        ("$after", after),
        ("$page", Page));

    private static AuditRecord Record(SqliteDataReader row) => new(
        row.GetInt64(0),
        EntryIn(row.GetString(1)),
        row.GetString(2),
        row.GetString(3));

    /// <summary>A record that somebody damaged must not stop the walk that is to find it.</summary>
    private static AuditEntry EntryIn(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AgentsJson.Default.AuditEntry) ?? Unreadable;
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private static AuditEntry Unreadable => new(default, null, "(unreadable)", "(unreadable)", "{}", [], null, null, null, null, null, "(unreadable)");
}
