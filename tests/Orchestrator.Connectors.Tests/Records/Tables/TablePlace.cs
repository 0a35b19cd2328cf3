using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>Tables of their own. Every opening has its own client, as every instance of a function app has.</summary>
internal sealed class TablePlace(Azurite azurite) : IRecordsPlace
{
    public string Table { get; } = "records" + Guid.NewGuid().ToString("N");

    /// <summary>The log as somebody sees it who has the account's key.</summary>
    public TableClient Rows => azurite.Service().GetTableClient(Table);

    public TableClient Head => azurite.Service().GetTableClient(Table + "audithead");

    public async Task<OpenedRecords> OpenAsync() => await OpenAsync(new TableClientOptions());

    public async Task<OpenedRecords[]> OpenAsync(int instances) => await Task.WhenAll(Enumerable.Range(0, instances).Select(_ => OpenAsync()));

    /// <param name="retries">How often the client sends again what got no answer.</param>
    public Task<OpenedRecords> OpenAsync(HttpPipelinePolicy policy, int retries)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(policy, Azure.Core.HttpPipelinePosition.PerRetry);
        return OpenAsync(options);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<OpenedRecords> OpenAsync(TableClientOptions options)
    {
        TableRecords records = await TableRecords.OpenAsync(azurite.Service(options), Table, TimeProvider.System, default);
        return new(records.Cases, records.Approvals, records.Audit);
    }
}
