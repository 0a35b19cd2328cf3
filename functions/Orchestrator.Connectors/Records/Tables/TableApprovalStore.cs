using Azure;
using Azure.Data.Tables;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using static Azure.Data.Tables.TableTransactionActionType;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>Approvals in one partition: each round in a row whose ETag decides between writers.</summary>
internal sealed class TableApprovalStore(RecordsTable table, TableAuditLog audit, Contention contention) : IApprovalStore
{
    public async Task<ApprovalRound> OpenAsync(ApprovalRound round, CancellationToken cancellationToken)
    {
        string row = ApprovalRows.Of(round.Proposal.ApprovalId);
        TableTransactionAction[] rows =
        [
            new(Add, ApprovalRows.Write(round, row, before: null, WriteMarks.New())),
            new(Add, ApprovalRows.Pointer(ApprovalRows.AllOfCase(round.Proposal.CaseId), round.OpenedAt, row)),
            new(Add, round.Conclusion is { } conclusion ? ApprovalRows.Pointer(ApprovalRows.AllConcluded, conclusion.At, row) : ApprovalRows.Pointer(ApprovalRows.AllOpen, round.OpenedAt, row)),
        ];
        ApprovalRound? standing = null;
        await contention.SettleAsync(
            row,
            $"approval '{round.Proposal.ApprovalId}'",
            async () =>
            {
                standing = await FindAsync(round.Proposal.ApprovalId, cancellationToken);
                if (standing is null && await table.TryTransactAsync(rows, cancellationToken))
                {
                    standing = round;
                }

                return standing is not null;
            },
            cancellationToken);
        return standing!;
    }

    public async Task<ApprovalRound?> FindAsync(string approvalId, CancellationToken cancellationToken) =>
        await table.FindAsync(ApprovalRows.Partition, ApprovalRows.Of(approvalId), cancellationToken) is { } row ? ApprovalRows.Read(row) : null;

    public async Task<IReadOnlyList<ApprovalRound>> ListAsync(string? caseId, CancellationToken cancellationToken) => caseId is null
        ? await RoundsIn(ApprovalRows.AllOpen, int.MaxValue, cancellationToken).Where(round => round.IsOpen).ToListAsync(cancellationToken)
        : await RoundsIn(ApprovalRows.AllOfCase(caseId), int.MaxValue, cancellationToken).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ApprovalRound>> ListConcludedAsync(int limit, CancellationToken cancellationToken) =>
        await RoundsIn(ApprovalRows.AllConcluded, Math.Max(0, limit), cancellationToken).ToListAsync(cancellationToken);

    public async Task<ApprovalRound> ChangeAsync(string approvalId, Func<ApprovalRound, ApprovalRound?> change, Func<ApprovalRound, AuditEntry?>? record, CancellationToken cancellationToken)
    {
        string row = ApprovalRows.Of(approvalId);
        string mark = WriteMarks.New();
        ApprovalRound? standing = null;
        AuditEntry? entry = null;
        bool stored = false;
        await contention.SettleAsync(
            row,
            $"approval '{approvalId}'",
            async () =>
            {
                TableEntity found = await table.FindAsync(ApprovalRows.Partition, row, cancellationToken) ?? throw new ApprovalNotFoundException(approvalId);
                ApprovalRound current = ApprovalRows.Read(found);
                if (WriteMarks.Has(found, mark))
                {
                    (standing, stored) = (current, true);
                    return true;
                }

                ApprovalRound? next = change(current);
                standing = next ?? current;
                entry = record?.Invoke(standing);
                stored = next is not null && await TryWriteAsync(found, current, next, mark, entry, cancellationToken);
                return stored || next is null;
            },
            cancellationToken);
        if (entry is not null)
        {
            // What changed nothing has nothing to be recorded with: it happened once it is on the record.
            await (stored ? audit.Pending.AppendAsync(ApprovalRows.Partition, mark, entry) : audit.AppendAsync(entry, CancellationToken.None));
        }

        return standing!;
    }

    private async Task<bool> TryWriteAsync(TableEntity found, ApprovalRound current, ApprovalRound next, string mark, AuditEntry? entry, CancellationToken cancellationToken)
    {
        if (current.Conclusion is { } first && next.Conclusion?.At != first.At)
        {
            throw new PermanentFailureException($"Approval '{current.Proposal.ApprovalId}' is concluded; the first conclusion of an approval stands.", "concluded");
        }

        List<TableTransactionAction> actions = [new(UpdateReplace, ApprovalRows.Write(next, found.RowKey, found, mark), found.ETag)];
        if (current.IsOpen && next.Conclusion is { } conclusion)
        {
            actions.Add(new(Delete, ApprovalRows.Pointer(ApprovalRows.AllOpen, current.OpenedAt, found.RowKey), ETag.All));
            actions.Add(new(Add, ApprovalRows.Pointer(ApprovalRows.AllConcluded, conclusion.At, found.RowKey)));
        }

        if (entry is not null)
        {
            actions.Add(PendingRecords.Row(ApprovalRows.Partition, mark, entry));
        }

        return await table.TryTransactAsync(actions, cancellationToken);
    }

    private IAsyncEnumerable<ApprovalRound> RoundsIn(string index, int limit, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<TableEntity> pointers = table.QueryAsync(ApprovalRows.Partition, index + "-", RowKeys.End(index), limit, cancellationToken).Take(limit);
        return table.FindEachAsync(ApprovalRows.Partition, pointers.Select(ApprovalRows.Target), cancellationToken).Select(ApprovalRows.Read);
    }
}
