using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Records;

/// <summary>The newest audit record as the writer knows it, committed or about to be.</summary>
internal sealed class AuditTail(long sequence, string hash)
{
    public long Sequence { get; set; } = sequence;

    public string Hash { get; set; } = hash;
}

/// <summary>What a change may do on the writer's thread.</summary>
internal readonly struct RecordsTransaction(RecordsConnection connection, AuditTail tail)
{
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => connection.Execute(sql, parameters);

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class => connection.First(sql, read, parameters);

    public AuditRecord Append(AuditEntry entry)
    {
        AuditRecord record = AuditChain.Seal(tail.Sequence + 1, tail.Hash, entry);
        connection.Execute(
            "INSERT INTO audit (sequence, case_id, entry, previous_hash, hash) VALUES ($sequence, $case, $entry, $previous, $hash)",
            ("$sequence", record.Sequence),
            ("$case", entry.CaseId),
            ("$entry", JsonSerializer.Serialize(entry, AgentsJson.Default.AuditEntry)),
            ("$previous", record.PreviousHash),
            ("$hash", record.Hash));
        (tail.Sequence, tail.Hash) = (record.Sequence, record.Hash);
        return record;
    }
}
