using System.Text.Json;
using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Backups;

/// <summary>
/// Task hub and records in one file, verified. The hub is copied first, so that the records are never older than it: every approval that a restored case waits
/// for, or has acted on, is there.
/// </summary>
internal static class StateBackup
{
    /// <param name="copyHub">Copies the task hub to a path: the running engine, or the maintenance of one that does not run.</param>
    /// <exception cref="LocalException">There is such a file, it cannot be written, or what is to be backed up is damaged.</exception>
    public static async Task<BackupDone> WriteAsync(StateFolder folder, string target, Func<string, CancellationToken, Task<BackupReport>> copyHub, TimeProvider clock, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(target);
        if (File.Exists(full) || Directory.Exists(full))
        {
            throw new LocalException($"{full} is there already; a backup replaces nothing. Name another file.");
        }

        string work = full + "-files";
        try
        {
            PrivateFile.CreateFolder(work);
            DateTimeOffset time = clock.GetUtcNow();
            BackupReport hub = await copyHub(Path.Combine(work, StateArchive.Hub), cancellationToken);
            AuditVerdict audit = await RecordsBackup.CopyAsync(folder.Records, Path.Combine(work, StateArchive.Records), cancellationToken);
            BackupManifest manifest = new(BackupManifest.Current, time, hub.Rows, hub.HeadHash, audit.Records, StateArchive.Describe(work));
            string whole = Path.Combine(work, "archive");
            await StateArchive.WriteAsync(work, manifest, whole, cancellationToken);
            File.Move(whole, full);
            BackupDone done = new(full, time, hub.Rows, audit.Records, new FileInfo(full).Length);
            PrivateFile.Write(folder.LastBackup, JsonSerializer.Serialize(done, LocalJson.Default.BackupDone));
            return done;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or RecordsException or TaskHubDamagedException or TaskHubUnavailableException or TaskHubInUseException or TaskHubVersionException)
        {
            throw new LocalException($"No backup was made. {refused.Message}", refused);
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
