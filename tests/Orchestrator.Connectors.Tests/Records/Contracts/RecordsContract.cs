namespace Orchestrator.Connectors.Tests.Records.Contracts;

/// <summary>Facts about records that hold on every store; a class per store says where it keeps them.</summary>
public abstract class RecordsContract(IRecordsPlace place) : IAsyncLifetime
{
    protected OpenedRecords Records { get; private set; } = null!;

    public async Task InitializeAsync() => Records = await place.OpenAsync();

    public async Task DisposeAsync()
    {
        await Records.DisposeAsync();
        await place.DisposeAsync();
    }

    protected async Task RestartAsync()
    {
        await Records.DisposeAsync();
        Records = await place.OpenAsync();
    }
}
