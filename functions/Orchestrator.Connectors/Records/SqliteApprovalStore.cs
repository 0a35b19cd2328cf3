using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Agents;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Records;

internal sealed class SqliteApprovalStore(RecordsWriter? writer, RecordsReader reader) : IApprovalStore
{
    private const string ById = "SELECT round FROM approval WHERE approval_id = $approval";

    public Task<ApprovalRound> OpenAsync(ApprovalRound round, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction =>
            {
                if (transaction.First(ById, Round, ("$approval", round.Proposal.ApprovalId)) is { } there)
                {
                    return there;
                }

                transaction.Execute(
                    "INSERT INTO approval (approval_id, case_id, opened_at, concluded_at, round) VALUES ($approval, $case, $opened, $concluded, $round)",
                    ("$approval", round.Proposal.ApprovalId),
                    ("$case", round.Proposal.CaseId),
                    ("$opened", RecordsConnection.Text(round.OpenedAt)),
                    ("$concluded", ConcludedAt(round)),
                    ("$round", Json(round)));
                return round;
            },
            cancellationToken);

    public Task<ApprovalRound?> FindAsync(string approvalId, CancellationToken cancellationToken) =>
        Task.FromResult(reader.First(ById, Round, ("$approval", approvalId)));

    public Task<IReadOnlyList<ApprovalRound>> ListAsync(string? caseId, CancellationToken cancellationToken) => Task.FromResult(caseId is null
        ? reader.Query("SELECT round FROM approval WHERE concluded_at IS NULL ORDER BY opened_at DESC, rowid DESC", Round)
        : reader.Query("SELECT round FROM approval WHERE case_id = $case ORDER BY opened_at DESC, rowid DESC", Round, ("$case", caseId)));

    public Task<IReadOnlyList<ApprovalRound>> ListConcludedAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult(reader.Query(
            "SELECT round FROM approval WHERE concluded_at IS NOT NULL ORDER BY concluded_at DESC, rowid DESC LIMIT $limit",
            Round,
            ("$limit", Math.Max(0, limit))));

    public Task<ApprovalRound> ChangeAsync(string approvalId, Func<ApprovalRound, ApprovalRound?> change, Func<ApprovalRound, AuditEntry?>? record, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction =>
            {
                ApprovalRound current = transaction.First(ById, Round, ("$approval", approvalId)) ?? throw new ApprovalNotFoundException(approvalId);
                ApprovalRound? next = change(current);
                if (next is not null)
                {
                    transaction.Execute(
                        "UPDATE approval SET concluded_at = $concluded, round = $round WHERE approval_id = $approval",
                        ("$concluded", ConcludedAt(next)),
                        ("$round", Json(next)),
                        ("$approval", approvalId));
                }

                ApprovalRound standing = next ?? current;
                if (record?.Invoke(standing) is { } entry)
                {
                    transaction.Append(entry);
                }

                return standing;
            },
            cancellationToken);

    private static string? ConcludedAt(ApprovalRound round) => round.Conclusion is { } conclusion ? RecordsConnection.Text(conclusion.At) : null;

    private static string Json(ApprovalRound round) => JsonSerializer.Serialize(round, AgentsJson.Default.ApprovalRound);

    private static ApprovalRound Round(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), AgentsJson.Default.ApprovalRound)!;
}
