using System.Text.Json;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Integrity;

/// <summary>Writes into history that a person goes on with a damaged hub.</summary>
internal static class HubAcceptance
{
    public static IntegrityReport Accept(TaskHubFile file, SqliteDatabase database, string who, string reason, DateTimeOffset now)
    {
        IntegrityFindings findings = HubOpening.Look(database, file);
        IntegrityReport report = findings.Report;
        if (report.IsIntact)
        {
            return report;
        }

        if (!report.CanBeAccepted)
        {
            throw new TaskHubDamagedException(file.Path, report);
        }

        TaskHubSchema.Prepare(database, TaskHubSchema.Inspect(database, file.Path));
        IReadOnlyList<long> concerned = Concerned(database, file, findings);
        AcceptanceNote note = new(
            who,
            reason,
            report.Finding,
            [.. findings.All.Where(damage => damage.Kind != DamageKind.Instance).Select(damage => new AcceptedItem(damage.Kind, damage.From, damage.To, damage.Seal))],
            findings.All.Count < ChainWalk.MaxDamage,
            concerned);
        Append(database, now, HistoryKind.DamageAccepted, JsonSerializer.Serialize(note, IntegrityJson.Default.AcceptanceNote), concerned);
        using ReaderConnection connection = new(database, owned: false);
        using Witness witness = HubOpening.Anew(database, file, HubHead.Read(connection)!);
        database.KeepLog(false);
        return report;
    }

    /// <summary>One commit behind whatever row is the last: a row of no instance, and the end of instances that cannot go on.</summary>
    public static void Append(SqliteDatabase database, DateTimeOffset now, HistoryKind kind, string note, IReadOnlyList<long> ended)
    {
        using HubTransaction hub = new(database, null);
        hub.Begin(now);
        hub.GoOnFrom(Last(database));
        hub.Append(0, kind, null, null, note);
        // The words of who accepted it stand in the note alone, not in the history of each case.
        string end = JsonSerializer.Serialize("Its history is damaged, and a person accepted that.", EngineJson.Default.String);
        foreach (long key in ended)
        {
            hub.End(key, HistoryKind.ExecutionTerminated, null, end);
        }

        hub.SealHead();
        hub.Commit();
    }

    private static HubHead Last(SqliteDatabase database)
    {
        using ReaderConnection connection = new(database, owned: false);
        HubHead head = HubHead.Read(connection)!;
        return ReaderConnection.List(
            connection.Prepare("SELECT position, hash FROM history ORDER BY position DESC LIMIT 1"),
            row => head with { Position = row.Int64(0), Hash = row.Blob(1).ToArray() }).SingleOrDefault()
            ?? head with { Position = 0, Hash = HashChain.Origin };
    }

    /// <summary>Instances whose remaining history has a hole or a changed row, or which are not what it says. Nobody can say what their code would do.</summary>
    private static List<long> Concerned(SqliteDatabase database, TaskHubFile file, IntegrityFindings findings)
    {
        using ReaderConnection connection = new(database, owned: false);
        HashSet<long> keys = [.. findings.Damage.Where(damage => damage.Instance > 0).Select(damage => damage.Instance)];
        foreach (DamagedRow row in findings.Damage.Where(damage => damage.Kind == DamageKind.Missing).SelectMany(damage => damage.Rows))
        {
            keys.UnionWith(ReaderConnection.List(connection.Prepare("SELECT key FROM instances WHERE id = ?").Bind(1, row.InstanceId), found => found.Int64(0)));
        }

        return [.. keys.Order()];
    }
}
