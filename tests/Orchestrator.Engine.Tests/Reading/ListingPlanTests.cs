using Orchestrator.Agents.Durability;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Reading;

/// <summary>A listing's first page costs the same among a hundred thousand instances as among ten: it walks an index in the order that it shows.</summary>
public sealed class ListingPlanTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, bool> Queries => new()
    {
        { "all", "instances_created", false },
        { "name", "instances_name", false },
        { "status", "instances_status", false },
        { "statuses", "instances_status", false },
        { "created", "instances_created", false },
        { "custom status", "instances_created", false },

        // As many as know one id are sorted.
        { "business id", "PRIMARY KEY (id=?)", true },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Listing_WalksItsIndexInOrder(string which, string index, bool sorts)
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code());
        await hub.StopAsync();
        using SqliteDatabase database = SqliteDatabase.OpenForReading(hub.Path);

        SqliteStatement explain = database.Prepare("EXPLAIN QUERY PLAN " + HubReader.Listing(Query(which), ListingPlace.Start).Sql);
        List<string> plan = ReaderConnection.List(explain, row => row.Text(3));

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.Equal(sorts, plan.Any(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)));
        Assert.All(plan, step => Assert.False(step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal), string.Join('\n', plan)));
    }

    private static OrchestrationQuery Query(string which) => which switch
    {
        "name" => new(Name: "wait"),
        "status" => new(Statuses: [OrchestrationRuntimeStatus.Failed]),
        "statuses" => new(Name: "wait", Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed]),
        "created" => new(CreatedFrom: At, CreatedTo: At.AddDays(1)),
        "custom status" => new() { CustomStatus = new("phase", "waiting") },
        "business id" => new() { BusinessId = "ch_1" },
        _ => new(),
    };
}
