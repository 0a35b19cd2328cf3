using System.Runtime.CompilerServices;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>The audit log in memory: chained and verified by the product's own chain.</summary>
internal sealed class MemoryAudit : IAuditLog
{
    private readonly List<AuditRecord> _records = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<AuditEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _records.Select(record => record.Entry)];
            }
        }
    }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _records.Add(AuditChain.Seal(_records.Count + 1, _records.Count == 0 ? AuditChain.Genesis : _records[^1].Hash, entry));
        }

        return Task.CompletedTask;
    }

    /// <summary>Changes a record behind the chain's back.</summary>
    public void Tamper(int index, Func<AuditEntry, AuditEntry> change)
    {
        lock (_gate)
        {
            _records[index] = _records[index] with { Entry = change(_records[index].Entry) };
        }
    }

    public async IAsyncEnumerable<AuditRecord> ReadAsync(string? caseId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AuditRecord[] records;
        lock (_gate)
        {
            records = [.. _records];
        }

        await Task.CompletedTask;
        foreach (AuditRecord record in records.Where(record => caseId is null || record.Entry.CaseId == caseId))
        {
            yield return record;
        }
    }

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) => AuditChain.VerifyAsync(ReadAsync(null, cancellationToken), Head(), cancellationToken);

    private (long Sequence, string Hash)? Head()
    {
        lock (_gate)
        {
            return _records.Count == 0 ? null : (_records[^1].Sequence, _records[^1].Hash);
        }
    }
}
