using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Reading;

/// <summary>What is older than it has to be kept.</summary>
internal sealed partial class HubReader
{
    /// <summary>Instances that completed or were terminated before a time, in the order of their ends.</summary>
    /// <param name="after">Position of the last end looked at.</param>
    public IReadOnlyList<(long EndPosition, long Key)> EndedBefore(DateTimeOffset time, long after, int most) => Read(connection =>
    {
        List<(long, long, long)> ends = ReaderConnection.List(
            connection.Prepare($"""
                SELECT i.end_position, i.key, h.time FROM instances i INDEXED BY instances_ended CROSS JOIN history h ON h.position = i.end_position
                WHERE i.end_position > ?1 AND i.status <> {Number(OrchestrationRuntimeStatus.Failed)} ORDER BY i.end_position LIMIT ?2
                """).Bind(1, after).Bind(2, (long)most),
            row => (row.Int64(0), row.Int64(1), row.Int64(2)));
        return ends.TakeWhile(end => end.Item3 < time.UtcTicks).Select(end => (end.Item1, end.Item2)).ToList();
    });

    /// <summary>Living instances that continued as new before a time, with the position at which the newest of those runs ended.</summary>
    public IReadOnlyList<(long Key, long RunEnd)> RunsEndedBefore(DateTimeOffset time) => Read(connection => ReaderConnection.List(
        connection.Prepare($"""
            SELECT i.key, (SELECT max(h.position) FROM history h WHERE h.instance = i.key AND h.position < i.run_start AND h.kind = {(int)HistoryKind.ContinueAsNew} AND h.time < ?1) AS run_end
            FROM instances i WHERE i.status < 3 AND i.run > 0 AND run_end IS NOT NULL
            """).Bind(1, time.UtcTicks),
        row => (row.Int64(0), row.Int64(1))));
}
