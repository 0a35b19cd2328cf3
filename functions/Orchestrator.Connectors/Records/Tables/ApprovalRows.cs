using Azure.Data.Tables;
using Orchestrator.Agents;
using Orchestrator.Agents.Approvals;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>The rows of approvals: <c>a-&lt;approval&gt;</c> holds the round; <c>o-</c> by time while open, <c>d-</c> by time of its conclusion and <c>c-</c> by case point to it.</summary>
internal static class ApprovalRows
{
    public const string Partition = "approvals";
    public const string AllOpen = "o";
    public const string AllConcluded = "d";

    private const string Round = "Round";

    public static string Of(string approvalId) => "a-" + RowKeys.Hash(approvalId);

    public static string AllOfCase(string caseId) => "c-" + RowKeys.Hash(caseId);

    /// <summary>A row of an index, newest first.</summary>
    public static TableEntity Pointer(string index, DateTimeOffset time, string row) => new(Partition, $"{index}-{RowKeys.NewestFirst(time)}-{row}") { [Round] = row };

    public static string Target(TableEntity pointer) => pointer.GetString(Round);

    /// <param name="before">The row that it replaces, if one does.</param>
    public static TableEntity Write(ApprovalRound round, string row, TableEntity? before, string mark)
    {
        var entity = new TableEntity(Partition, row);
        RowBody.Put(entity, RowBody.Pack(round, AgentsJson.Default.ApprovalRound, $"Approval '{round.Proposal.ApprovalId}'"));
        WriteMarks.Put(entity, before, mark);
        return entity;
    }

    public static ApprovalRound Read(TableEntity row) => RowBody.Read(row, AgentsJson.Default.ApprovalRound);
}
