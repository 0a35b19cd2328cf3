using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
using Orchestrator.Local.Running;
using Orchestrator.Local.Serving;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Doctor;

/// <summary>Whether what was written is still what is there.</summary>
internal static class IntegrityChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Records))
        {
            return [];
        }

        return [await AuditAsync(folder, cancellationToken), await EngineAsync(folder, cancellationToken)];
    }

    private static async Task<Finding> AuditAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            await using SqliteRecords records = SqliteRecords.OpenForReading(folder.Records);
            AuditVerdict verdict = await records.Audit.VerifyAsync(cancellationToken);
            return verdict.Holds
                ? Finding.Good("audit", verdict.Finding)
                : Finding.Wrong("audit", verdict.Finding, "Keep the file as it is, compare it with a backup, and find out who wrote to it.");
        }
        catch (RecordsException wrong)
        {
            return Finding.Wrong("audit", wrong.Message, "Restore records.db from a backup.");
        }
    }

    private static async Task<Finding> EngineAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            using RunningProcess process = RunningProcess.Find(folder);
            ApiIntegrity integrity = await process.GetAsync(LocalRoutes.Integrity, ApiJson.Default.ApiIntegrity, cancellationToken);
            return integrity.Holds
                ? Finding.Good("engine", integrity.Finding)
                : Finding.Wrong("engine", integrity.Finding, "Stop the orchestrator, keep a copy of hub.db, and restore it from a backup.");
        }
        catch (LocalException notRunning)
        {
            return Finding.Note("engine", notRunning.Message);
        }
        catch (ApiRefusalException refused)
        {
            return Finding.Wrong("engine", refused.Message, "Look into the log of the running orchestrator.");
        }
    }
}
