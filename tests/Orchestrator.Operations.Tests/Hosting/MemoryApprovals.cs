using System.Collections.Concurrent;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Approval rounds in memory, with the port's behaviour: one change at a time, the first opening stands.</summary>
internal sealed class MemoryApprovals(IAuditLog audit) : IApprovalStore
{
    private readonly ConcurrentDictionary<string, ApprovalRound> _rounds = new();
    private readonly Lock _gate = new();

    public Task<ApprovalRound> OpenAsync(ApprovalRound round, CancellationToken cancellationToken) =>
        Task.FromResult(_rounds.GetOrAdd(round.Proposal.ApprovalId, round));

    public Task<ApprovalRound?> FindAsync(string approvalId, CancellationToken cancellationToken) => Task.FromResult(_rounds.GetValueOrDefault(approvalId));

    public Task<IReadOnlyList<ApprovalRound>> ListAsync(string? caseId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApprovalRound>>([.. _rounds.Values.Where(round => caseId is null ? round.IsOpen : round.Proposal.CaseId == caseId).OrderByDescending(round => round.OpenedAt)]);

    public Task<IReadOnlyList<ApprovalRound>> ListConcludedAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApprovalRound>>([.. _rounds.Values.Where(round => !round.IsOpen).OrderByDescending(round => round.Conclusion!.At).Take(limit)]);

    public async Task<ApprovalRound> ChangeAsync(string approvalId, Func<ApprovalRound, ApprovalRound?> change, Func<ApprovalRound, AuditEntry?>? record, CancellationToken cancellationToken)
    {
        ApprovalRound standing;
        lock (_gate)
        {
            ApprovalRound round = _rounds.GetValueOrDefault(approvalId) ?? throw new ApprovalNotFoundException(approvalId);
            standing = _rounds[approvalId] = change(round) ?? round;
        }

        if (record?.Invoke(standing) is { } entry)
        {
            await audit.AppendAsync(entry, cancellationToken);
        }

        return standing;
    }
}
