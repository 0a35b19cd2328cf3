using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.TaskHub;

/// <summary>
/// What makes listings quick: an index per filter in the order of the listing, and business ids projected from custom status.
/// Added to a hub of version 1, whose rows stay as they are; it is all derived from them.
/// </summary>
internal static class QuerySchema
{
    private const string Tables = """
        CREATE INDEX instances_created ON instances (created);
        CREATE INDEX instances_status ON instances (status, created);
        CREATE INDEX instances_name ON instances (name, created);
        CREATE INDEX instances_ended ON instances (end_position) WHERE end_position IS NOT NULL;
        CREATE TABLE business_ids (
          id TEXT NOT NULL,
          instance INTEGER NOT NULL,
          PRIMARY KEY (id, instance)) WITHOUT ROWID;
        CREATE INDEX business_ids_instance ON business_ids (instance);
        """;

    /// <summary>Within the transaction that makes or upgrades a hub.</summary>
    public static void Add(SqliteDatabase writer)
    {
        writer.Execute(Tables);
        Project(writer);
    }

    private static void Project(SqliteDatabase writer)
    {
        SqliteStatement statuses = writer.Prepare("SELECT key, custom_status FROM instances WHERE custom_status IS NOT NULL");
        SqliteStatement insert = writer.Prepare("INSERT INTO business_ids VALUES (?, ?)");
        while (statuses.Step())
        {
            foreach (string id in CustomStatusSearch.BusinessIdsOf(statuses.Text(1)))
            {
                insert.Bind(1, id).Bind(2, statuses.Int64(0)).Run();
            }
        }

        statuses.Close();
        insert.Close();
    }
}
