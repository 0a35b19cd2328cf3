using Azure.Data.Tables;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Case files, approvals and the audit log in Azure Table Storage, for any number of instances that write at once. Each of the three is one partition, so that its rows
/// change together (learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions); races are decided by ETags and by keys that can be added once.
/// What a call returned is durable; a call that threw <see cref="TransientFailureException"/> may be made again. The table service cannot forbid a change by hand:
/// that an audit record was changed, or the end of the log cut off, is found by its chain and by its head, which is noted in a table of its own.
/// </summary>
public sealed class TableRecords
{
    /// <summary>The table's name unless another one is given.</summary>
    public const string DefaultTable = "records";

    private TableRecords(RecordsTable table, TableAuditLog audit, Contention contention)
    {
        Cases = new TableCaseFiles(table, audit, contention);
        Approvals = new TableApprovalStore(table, audit, contention);
        Audit = audit;
    }

    public ICaseFiles Cases { get; }

    public IApprovalStore Approvals { get; }

    public IAuditLog Audit { get; }

    /// <summary>Opens the records in <see cref="DefaultTable"/>.</summary>
    /// <inheritdoc cref="OpenAsync(TableServiceClient, string, TimeProvider, CancellationToken)"/>
    public static Task<TableRecords> OpenAsync(TableServiceClient service, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(service, DefaultTable, clock, cancellationToken);

    /// <summary>Opens the records, or makes their two tables: <paramref name="table"/> and <c>&lt;table&gt;audithead</c>.</summary>
    /// <param name="service">With a credential whose identity has the role <c>Storage Table Data Contributor</c>, or with a connection string.</param>
    /// <param name="table">3 to 54 letters and digits, beginning with a letter.</param>
    /// <exception cref="TransientFailureException">The service was not reached.</exception>
    /// <exception cref="PermanentFailureException">The identity may not, a newer version wrote the table, or acknowledged audit records are missing from its end.</exception>
    public static async Task<TableRecords> OpenAsync(TableServiceClient service, string table, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(clock);
        var records = new RecordsTable(service.GetTableClient(table));
        var head = new RecordsTable(service.GetTableClient(table + "audithead"));
        await Task.WhenAll(records.CreateAsync(cancellationToken), head.CreateAsync(cancellationToken));
        await TableSchema.PrepareAsync(records, cancellationToken);
        var contention = new Contention(clock);
        TableAuditLog audit = await TableAuditLog.OpenAsync(records, new NotedHead(head, contention), contention, clock, cancellationToken);
        return new(records, audit, contention);
    }
}
