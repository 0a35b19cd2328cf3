using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
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

        return [await AuditAsync(folder, cancellationToken)];
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
}
