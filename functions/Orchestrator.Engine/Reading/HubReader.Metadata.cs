using System.Globalization;
using System.Text;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Reading;

internal sealed partial class HubReader
{
    // The newest row's time is when the instance last changed; keeping it beside the instance would cost a write per step.
    private const string Metadata = """
        SELECT i.key, i.name, i.id, i.status, i.created, i.custom_status,
          (SELECT time FROM history WHERE instance = i.key ORDER BY position DESC LIMIT 1),
          (SELECT payload FROM history WHERE position = i.end_position)
        """;

    public OrchestrationMetadata? Metadatum(string id, bool withPayloads) => Read(connection =>
    {
        string input = withPayloads ? ", (SELECT payload FROM history WHERE position = i.run_start)" : "";
        return ReaderConnection.List(
            connection.Prepare($"{Metadata} {input} FROM instances i WHERE i.id = ?").Bind(1, id),
            row => ReadMetadata(row, withPayloads)).SingleOrDefault();
    });

    /// <summary>The next instances older than <paramref name="before"/>, newest first, with the key to go on from.</summary>
    public IReadOnlyList<(long Key, OrchestrationMetadata Metadata)> Page(OrchestrationQuery query, long before) => Read(connection =>
    {
        (string filter, List<object> values) = Filter(query);
        SqliteStatement statement = connection.Prepare($"{Metadata} FROM instances i WHERE i.key < ? {filter} ORDER BY i.key DESC LIMIT ?");
        statement.Bind(1, before);
        int index = 2;
        foreach (object value in values)
        {
            _ = value is string text ? statement.Bind(index++, text) : statement.Bind(index++, (long)value);
        }

        statement.Bind(index, query.PageSize);
        return ReaderConnection.List(statement, row => (row.Int64(0), ReadMetadata(row, withPayloads: false)));
    });

    private static (string Filter, List<object> Values) Filter(OrchestrationQuery query)
    {
        StringBuilder filter = new();
        List<object> values = [];
        void Where(string condition, params ReadOnlySpan<object> bound)
        {
            filter.Append(" AND ").Append(condition);
            values.AddRange(bound);
        }

        if (query.Name is { } name)
        {
            Where("i.name = ?", name);
        }

        if (query.Statuses is { Count: > 0 } statuses)
        {
            string list = string.Join(", ", statuses.Select(status => ((int)status).ToString(CultureInfo.InvariantCulture)));
            bool live = statuses.All(status => status < OrchestrationRuntimeStatus.Completed);
            Where($"i.status IN ({list}){(live ? " AND i.status < 3" : "")}");
        }

        if (query.CreatedFrom is { } from)
        {
            Where("i.created >= ?", from.UtcTicks);
        }

        if (query.CreatedTo is { } to)
        {
            Where("i.created <= ?", to.UtcTicks);
        }

        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            Where("i.id >= ? AND i.id < ?", prefix, prefix + "\U0010FFFF");
        }

        return (filter.ToString(), values);
    }

    private static OrchestrationMetadata ReadMetadata(SqliteStatement row, bool withPayloads)
    {
        OrchestrationRuntimeStatus status = (OrchestrationRuntimeStatus)row.Int64(3);
        DateTimeOffset created = new(row.Int64(4), TimeSpan.Zero);
        string? end = row.TextOrNull(7);
        return new OrchestrationMetadata(
            row.Text(1),
            row.Text(2),
            status,
            created,
            row.Int64OrNull(6) is { } last ? new DateTimeOffset(last, TimeSpan.Zero) : created,
            withPayloads ? row.TextOrNull(8) : null,
            withPayloads && status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated ? end : null,
            row.TextOrNull(5),
            status == OrchestrationRuntimeStatus.Failed && end is not null ? FailureJson.Read(end) : null);
    }
}
