using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class NotedHeadTests(Azurite azurite)
{
    [RecordsFact]
    public async Task Note_OlderThanWhatIsNoted_ChangesNothing()
    {
        var table = new RecordsTable(new TablePlace(azurite).Head);
        await table.CreateAsync(default);
        var head = new NotedHead(table, new Contention(TimeProvider.System));

        await head.NoteAsync(new(5, "five"), default);
        await head.NoteAsync(new(3, "three"), default);
        Assert.Equal(new(5, "five"), await head.ReadAsync(default));

        await head.NoteAsync(new(6, "six"), default);
        Assert.Equal(new(6, "six"), await head.ReadAsync(default));
        Assert.False(await head.TryBeginAsync(new(1, "one"), default));
    }
}
