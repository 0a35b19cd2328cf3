using System.Globalization;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Integrity;

/// <summary>Compares the hub with the witness of what was acknowledged.</summary>
internal static class WitnessCheck
{
    /// <param name="hub">Null when the hub's file is empty.</param>
    /// <param name="witness">Null when there is none, or none that can be read.</param>
    /// <returns>Null when the hub holds all that the witness saw.</returns>
    public static Damage? Compare(ReaderConnection connection, HubHead? hub, WitnessLog? witness, string witnessPath)
    {
        WitnessMark? newest = witness?.Newest;
        bool foreign = witness is not null && hub?.HubId is { } id && !id.AsSpan().SequenceEqual(witness.HubId);
        if (newest is { Position: > 0 } mark && (hub is null || foreign))
        {
            return hub is null || hub.Position == 0
                ? Lost(connection, witness!, 0, mark.Position)
                : new Damage(DamageKind.Witness, 0, 0, $"The witness '{witnessPath}' belongs to another task hub, so nobody can say whether this one is the newest that was acknowledged.");
        }

        if (hub is null || (!hub.IsWitnessed && (newest is null || foreign)))
        {
            return null;
        }

        if (newest is not { } seen || foreign)
        {
            return new Damage(DamageKind.Witness, 0, 0, $"The witness '{witnessPath}' is missing or damaged, so nobody can say whether this task hub is the newest that was acknowledged.");
        }

        if (seen.Position > hub.Position || !Holds(connection, seen))
        {
            long common = witness!.Marks.FirstOrDefault(older => older.Position <= hub.Position && Holds(connection, older)).Position;
            return Lost(connection, witness, common, seen.Position);
        }

        if (seen.Commit > hub.Commits)
        {
            return new Damage(DamageKind.Head, 0, 0, "The task hub's own count of its commits was changed.");
        }

        // One commit may be unseen: the process went down between the store's sync and the witness's.
        return hub.Commits - seen.Commit > 1
            ? new Damage(DamageKind.Witness, 0, 0, $"The witness '{witnessPath}' is {hub.Commits - seen.Commit:N0} commits behind the task hub: it was replaced or damaged, so nobody can say whether this hub is the newest that was acknowledged.")
            : null;
    }

    public static string Describe(HistoryKind kind, long position, string state) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} (row {position}) {state}");

    public static string IdOf(ReaderConnection connection, long instance) => ReaderConnection.List(
        connection.Prepare("SELECT id FROM instances WHERE key = ?").Bind(1, instance), row => row.Text(0)).SingleOrDefault()
        ?? string.Create(CultureInfo.InvariantCulture, $"key {instance}");

    private static bool Holds(ReaderConnection connection, WitnessMark mark) => mark.Position == 0 || ReaderConnection.List(
        connection.Prepare("SELECT hash FROM history WHERE position = ?").Bind(1, mark.Position),
        row => row.Blob(0).SequenceEqual(mark.Hash.Span)).SingleOrDefault();

    /// <summary>The rows of a range that the witness still knows, with whose they were.</summary>
    public static IReadOnlyList<DamagedRow> Named(ReaderConnection connection, WitnessLog witness, long from, long to, string state)
    {
        Dictionary<long, string> ids = [];
        bool hasInstances = ReaderConnection.List(connection.Prepare("SELECT count(*) FROM sqlite_master WHERE name = 'instances'"), row => row.Int64(0)).Single() > 0;
        List<DamagedRow> rows = [];
        foreach (WitnessedRow row in witness.RowsAfter(from - 1).TakeWhile(row => row.Position <= to))
        {
            if (row.InstanceId is not null || !ids.TryGetValue(row.Instance, out string? id))
            {
                ids[row.Instance] = id = row.InstanceId ?? (hasInstances ? IdOf(connection, row.Instance) : $"key {row.Instance}");
            }

            rows.Add(new DamagedRow(id, Describe(row.Kind, row.Position, state)));
        }

        return rows;
    }

    private static Damage Lost(ReaderConnection connection, WitnessLog witness, long after, long until)
    {
        IReadOnlyList<DamagedRow> rows = Named(connection, witness, after + 1, until, "is lost");
        long count = until - after;
        string what = count == 1 ? $"The last acknowledged row of history, row {until}, is lost" : $"The last {count:N0} acknowledged rows of history, from row {after + 1} to row {until}, are lost";
        string sentence = after == 0
            ? $"All acknowledged history is lost ({count:N0} rows): the file was emptied or replaced, or its write-ahead log is gone."
            : $"{what}: the file was put back to an older state, or the end of its write-ahead log is gone or damaged.";
        return new Damage(DamageKind.Lost, after + 1, until, sentence) { Rows = rows, Unnamed = count - rows.Count };
    }
}
