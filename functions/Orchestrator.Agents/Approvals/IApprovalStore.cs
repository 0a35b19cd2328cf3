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
    /// <exception cref="ApprovalNotFoundException">No such approval.</exception>
    Task<ApprovalRound> ChangeAsync(string approvalId, Func<ApprovalRound, ApprovalRound?> change, CancellationToken cancellationToken);
}

public sealed class ApprovalNotFoundException(string approvalId) : Exception($"There is no approval '{approvalId}'.")
{
    public string ApprovalId { get; } = approvalId;
}
