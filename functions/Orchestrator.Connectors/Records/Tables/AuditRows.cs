using System.Globalization;
using Azure.Data.Tables;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>A place in the chain.</summary>
internal sealed record AuditPoint(long Sequence, string Hash)
{
    /// <summary>Before the first record.</summary>
    public static readonly AuditPoint Start = new(0, AuditChain.Genesis);
}

/// <summary>The rows of the audit log: <c>r-&lt;sequence&gt;</c> holds a record, <c>c-&lt;case&gt;-&lt;sequence&gt;</c> points to it; <c>k-&lt;mark&gt;</c> says that the entry of a change is in it.</summary>
internal static class AuditRows
{
    public const string Partition = "audit";
    public const string AllRecords = "r";

    /// <summary>What it takes to go along the chain without reading what happened.</summary>
    public static readonly IReadOnlyList<string> Chain = ["PartitionKey", "RowKey", Hash, WriteMarks.Property];

    private const string PreviousHash = "PreviousHash";
    private const string Hash = "Hash";
    private const string PointsTo = "Record";

    public static string Record(long sequence) => $"{AllRecords}-{RowKeys.Number(sequence)}";

    public static string AllOfCase(string caseId) => "c-" + RowKeys.Hash(caseId);

    public static TableEntity Pointer(string caseId, long sequence) =>
        new(Partition, $"{AllOfCase(caseId)}-{RowKeys.Number(sequence)}") { [PointsTo] = Record(sequence) };

    public static string Once(string mark) => "k-" + mark;

    public static string Target(TableEntity pointer) => pointer.GetString(PointsTo);

    public static TableEntity Write(AuditRecord record, byte[] body, string mark)
    {
        var row = new TableEntity(Partition, Record(record.Sequence)) { [PreviousHash] = record.PreviousHash, [Hash] = record.Hash };
        RowBody.Put(row, body);
        WriteMarks.Put(row, before: null, mark);
        return row;
    }

    public static AuditPoint Point(TableEntity row) => new(Sequence(row), row.GetString(Hash) ?? "");

    public static AuditRecord Read(TableEntity row) => new(Sequence(row), EntryIn(row), row.GetString(PreviousHash) ?? "", row.GetString(Hash) ?? "");

    /// <summary>Of a key that somebody made by hand: 0, which no record has.</summary>
    private static long Sequence(TableEntity row) =>
        long.TryParse(row.RowKey.AsSpan(AllRecords.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : 0;

    /// <summary>A record that somebody damaged must not stop the walk that is to find it.</summary>
    private static AuditEntry EntryIn(TableEntity row)
    {
        try
        {
            return RowBody.Read(row, AgentsJson.Default.AuditEntry);
        }
        catch (PermanentFailureException)
        {
            return new(default, null, "(unreadable)", "(unreadable)", "{}", [], null, null, null, null, null, "(unreadable)");
        }
    }
}
