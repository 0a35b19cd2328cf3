using Orchestrator.Connectors.Records;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records;

/// <summary>A file of its own.</summary>
internal sealed class SqlitePlace : IRecordsPlace
{
    private readonly TemporaryFolder _folder = new();

    public async Task<OpenedRecords> OpenAsync()
    {
        SqliteRecords records = await SqliteRecords.OpenAsync(_folder.File("records.db"), TimeProvider.System, default);
        return new(records.Cases, records.Approvals, records.Audit, records);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
