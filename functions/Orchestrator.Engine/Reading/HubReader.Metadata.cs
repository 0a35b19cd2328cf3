using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Reading;

internal sealed partial class HubReader
{
    // The newest row's time is when the instance last changed; keeping it beside the instance would cost a write per step.
    private const string Metadata = """
        SELECT i.name, i.id, i.status, i.created, i.custom_status,
          (SELECT time FROM history WHERE instance = i.key ORDER BY position DESC LIMIT 1),
          (SELECT payload FROM history WHERE position = i.end_position),
          CASE WHEN ?2 THEN (SELECT payload FROM history WHERE position = i.run_start) END
        FROM instances i
        """;

    public OrchestrationMetadata? Metadatum(string id, bool withPayloads) => Read(connection =>
        Metadatum(connection.Prepare($"{Metadata} WHERE i.id = ?1").Bind(1, id), withPayloads));

    /// <summary>Of an instance that has just ended: all but its input is at hand.</summary>
    public OrchestrationMetadata Metadatum(EndedInstance ended, bool withPayloads)
    {
        (InstanceRow instance, HistoryRow end, _) = ended;
        string? input = withPayloads
            ? Read(connection => ReaderConnection.List(connection.Prepare("SELECT payload FROM history WHERE position = ?").Bind(1, instance.RunStart), row => row.TextOrNull(0)).SingleOrDefault())
            : null;
        return OfEnd(instance.Name, instance.Id, ended.Status, instance.Created, end.Time, input, end.Payload, instance.CustomStatus, withPayloads);
    }

    private static OrchestrationMetadata? Metadatum(SqliteStatement statement, bool withPayloads) =>
        ReaderConnection.List(statement.Bind(2, withPayloads ? 1 : 0), row => ReadMetadata(row, withPayloads)).SingleOrDefault();

    private static OrchestrationMetadata ReadMetadata(SqliteStatement row, bool withPayloads)
    {
        OrchestrationRuntimeStatus status = (OrchestrationRuntimeStatus)row.Int64(2);
        DateTimeOffset created = new(row.Int64(3), TimeSpan.Zero);
        DateTimeOffset updated = row.Int64OrNull(5) is { } last ? new DateTimeOffset(last, TimeSpan.Zero) : created;
        return OfEnd(row.Text(0), row.Text(1), status, created, updated, row.TextOrNull(7), row.TextOrNull(6), row.TextOrNull(4), withPayloads);
    }

    /// <param name="end">Payload of the row that ended it; null while it lives.</param>
    private static OrchestrationMetadata OfEnd(
        string name, string id, OrchestrationRuntimeStatus status, DateTimeOffset created, DateTimeOffset updated, string? input, string? end, string? customStatus, bool withPayloads) => new(
        name,
        id,
        status,
        created,
        updated,
        input,
        withPayloads && status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated ? end : null,
        customStatus,
        status == OrchestrationRuntimeStatus.Failed && end is not null ? FailureJson.Read(end) : null);
}
