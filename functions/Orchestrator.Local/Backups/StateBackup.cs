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
    /// <summary>Takes a backup that the running process left in its folder to where its owner wants it, and notes it for <c>doctor</c>.</summary>
    /// <exception cref="LocalException">It cannot be moved there; it stays where it is.</exception>
    public static BackupDone Keep(StateFolder folder, BackupDone made, string target)
    {
        try
        {
            if (made.File != target)
            {
                // Another disk makes this a copy, so the name comes last.
                string partial = target + "-partial";
                File.Move(made.File, partial);
                using (FileStream whole = new(partial, FileMode.Open, FileAccess.ReadWrite))
                {
                    whole.Flush(flushToDisk: true);
                }

                File.Move(partial, target);
            }

            BackupDone kept = made with { File = target };
            PrivateFile.Write(folder.LastBackup, JsonSerializer.Serialize(kept, LocalJson.Default.BackupDone));
            return kept;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LocalException($"The backup {made.File} cannot be moved to {target}: {refused.Message}", refused);
        }
    }

    /// <exception cref="LocalException">A backup replaces nothing.</exception>
    public static void RequireNew(string target)
    {
        if (File.Exists(target) || Directory.Exists(target))
        {
            throw new LocalException($"{target} is there already; a backup replaces nothing. Name another file.");
        }
    }

    /// <param name="copyHub">Copies the task hub to a path: the running engine, or the maintenance of one that does not run.</param>
    /// <exception cref="LocalException">There is such a file, it cannot be written, or what is to be backed up is damaged.</exception>
    public static async Task<BackupDone> WriteAsync(StateFolder folder, string target, Func<string, CancellationToken, Task<BackupReport>> copyHub, TimeProvider clock, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(target);
        RequireNew(full);
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
