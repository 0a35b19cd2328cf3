using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Backups;

/// <summary>Puts a backup in place: everything is checked first, nothing is deleted, and both history and audit log say who did it and why.</summary>
internal static class StateRestore
{
    /// <param name="folder">Owned by the caller; nothing runs on it.</param>
    /// <exception cref="LocalException">The backup is no backup or damaged; nothing was changed.</exception>
    public static async Task<RestoreDone> RunAsync(StateFolder folder, string archive, string who, string reason, TimeProvider clock, CancellationToken cancellationToken)
    {
        string stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        string work = folder.In("restoring-" + stamp);
        try
        {
            PrivateFile.CreateFolder(work);
            BackupManifest manifest = await StateArchive.ReadAsync(archive, work, cancellationToken);
            string records = Path.Combine(work, StateArchive.Records);
            AuditVerdict audit = await RecordsBackup.VerifyAsync(records, cancellationToken);
            if (!audit.Holds)
            {
                throw new LocalException($"The records in {archive} are damaged: {audit.Finding} Nothing was changed; take another backup.");
            }

            // The hub first: records that are newer than it do no harm, older ones would lack what it has acted on.
            RestoreReport hub = await new TaskHubMaintenance(folder.Hub, clock).RestoreAsync(Path.Combine(work, StateArchive.Hub), who, reason, cancellationToken);
            string arguments = JsonSerializer.Serialize(
                new Dictionary<string, string> { ["backup"] = Path.GetFileName(archive), ["backup_time"] = manifest.Time.ToString("O", CultureInfo.InvariantCulture), ["reason"] = reason }, LocalJson.Default.DictionaryStringString);
            AuditEntry entry = new(clock.GetUtcNow(), null, who, "hub.restore", arguments, [], null, null, null, null, null, "succeeded");
            IReadOnlyList<string> moved = await RecordsBackup.ReplaceAsync(records, folder.Records, folder.In("records-replaced-" + stamp), entry, clock, cancellationToken);
            return new(manifest.Time, hub.Rows, hub.ReplacedRows, audit.Records, [.. hub.MovedAside, .. moved]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or RecordsException or TaskHubDamagedException or TaskHubUnavailableException or TaskHubInUseException or TaskHubVersionException)
        {
            throw new LocalException(refused.Message, refused);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }
}
