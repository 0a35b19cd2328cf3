using Orchestrator.Agents.Audit;

namespace Orchestrator.Agents.Approvals;

/// <summary>The truth about approvals: a decision is stored here before the event that announces it is raised.</summary>
public interface IApprovalStore
{
    /// <summary>Opens a round; opening the same approval id again changes nothing and returns what is there.</summary>
    Task<ApprovalRound> OpenAsync(ApprovalRound round, CancellationToken cancellationToken);

    Task<ApprovalRound?> FindAsync(string approvalId, CancellationToken cancellationToken);

    /// <summary>Newest first; all rounds of one case, or all open rounds when <paramref name="caseId"/> is null.</summary>
    Task<IReadOnlyList<ApprovalRound>> ListAsync(string? caseId, CancellationToken cancellationToken);

    /// <summary>Concluded rounds, newest first; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<ApprovalRound>> ListConcludedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the round, lets <paramref name="change"/> say what it becomes (or null: nothing), and stores that, in one transaction against every other change.
    /// Durable once it returns the round as it now stands.
    /// </summary>
    /// <param name="record">
    /// What goes on the audit record, given the round as it then stands: stored with the change, so that no crash leaves one without the other. Also asked when nothing
    /// changes. Null: nothing is recorded.
    /// </param>
    /// <exception cref="ApprovalNotFoundException">No such approval.</exception>
    Task<ApprovalRound> ChangeAsync(string approvalId, Func<ApprovalRound, ApprovalRound?> change, Func<ApprovalRound, AuditEntry?>? record, CancellationToken cancellationToken);
}

public static class ApprovalStoreExtensions
{
    /// <summary>A change that is nobody's decision and leaves no audit record.</summary>
    /// <exception cref="ApprovalNotFoundException">No such approval.</exception>
    public static Task<ApprovalRound> ChangeAsync(this IApprovalStore store, string approvalId, Func<ApprovalRound, ApprovalRound?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.ChangeAsync(approvalId, change, record: null, cancellationToken);
    }
}

public sealed class ApprovalNotFoundException(string approvalId) : Exception($"There is no approval '{approvalId}'.")
{
    public string ApprovalId { get; } = approvalId;
}
