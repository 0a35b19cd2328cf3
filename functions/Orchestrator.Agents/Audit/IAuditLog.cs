namespace Orchestrator.Agents.Audit;

/// <summary>The append-only, hash-chained record of every outside act and every decision.</summary>
public interface IAuditLog
{
    /// <summary>Appends; once this returns, the record survives any crash.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Appends what a crash kept from the record: entries that the other stores took together with a change and that are not in the chain yet, each once. Run when a head
    /// starts and on a clock. A store that writes both in one transaction has none.
    /// </summary>
    Task CatchUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Records in order of their sequence, of one case or of all.</summary>
    IAsyncEnumerable<AuditRecord> ReadAsync(string? caseId, CancellationToken cancellationToken);

    /// <summary>Walks the whole chain against the newest record noted outside the log.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken);
}
