using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;

namespace Orchestrator.Connectors.Tests.Records.Contracts;

/// <summary>A place of its own where one test keeps records, on one of the stores.</summary>
public interface IRecordsPlace : IAsyncDisposable
{
    /// <summary>Opens what is there, as a start of the product does.</summary>
    Task<OpenedRecords> OpenAsync();
}

/// <param name="Owner">What has to be closed before they can be opened again, if anything has.</param>
public sealed record OpenedRecords(ICaseFiles Cases, IApprovalStore Approvals, IAuditLog Audit, IAsyncDisposable? Owner = null) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
