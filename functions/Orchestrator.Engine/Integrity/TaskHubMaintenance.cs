using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>What a person does to a task hub on which no engine runs. Every call owns the file while it lasts.</summary>
/// <param name="path">The SQLite file of the task hub.</param>
public sealed class TaskHubMaintenance(string path, TimeProvider clock)
{
    internal IHubDisk Disk { get; init; } = FileDisk.Instance;

    /// <summary>Looks at all of the hub and at its witness. Changes nothing.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TaskHubInUseException">A process runs on it; ask that one.</exception>
    /// <exception cref="TaskHubVersionException">The file is of a newer version, or no task hub.</exception>
    public Task<IntegrityReport> VerifyAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => Owning((file, database) => HubOpening.Look(database, file).Report), cancellationToken);

    /// <summary>
    /// Goes on with what is left: history gets a row with the finding, who accepted it and why, and the witness begins anew there.
    /// Instances of which rows between others are missing or changed are terminated; those that lost their last rows go on from where they stand.
    /// Nothing happens to an intact hub.
    /// </summary>
    /// <returns>What was found, before it was accepted.</returns>
    /// <exception cref="TaskHubDamagedException">It cannot be read; only a backup helps.</exception>
    /// <exception cref="TaskHubInUseException">A process runs on it.</exception>
    public Task<IntegrityReport> AcceptAsync(string who, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Task.Run(() => Owning((file, database) => HubAcceptance.Accept(file, database, who, reason, clock.GetUtcNow())), cancellationToken);
    }

    /// <summary>Copies the hub to a file that is not there yet, and verifies the copy.</summary>
    /// <exception cref="TaskHubDamagedException">The hub is damaged: nothing was written.</exception>
    /// <exception cref="TaskHubInUseException">A process runs on it; <see cref="DurableEngine.BackupAsync"/> copies it there.</exception>
    public Task<BackupReport> BackupAsync(string target, CancellationToken cancellationToken = default) => Task.Run(
        () => Owning((file, database) =>
        {
            IntegrityReport report = HubOpening.Look(database, file).Report;
            return report.IsIntact ? HubBackup.Write(database, target, clock.GetUtcNow(), cancellationToken) : throw new TaskHubDamagedException(file.Path, report);
        }),
        cancellationToken);

    /// <summary>Looks at a backup. Changes nothing.</summary>
    /// <exception cref="TaskHubVersionException">It is of a newer version, or no task hub.</exception>
    public static Task<IntegrityReport> VerifyBackupAsync(string backup, CancellationToken cancellationToken = default) =>
        Task.Run(() => HubBackup.Verify(backup, cancellationToken), cancellationToken);

    /// <summary>
    /// Puts a backup in place of the hub, which is moved aside under a name with the time; history gets a row that says so, and the witness begins anew.
    /// </summary>
    /// <exception cref="TaskHubDamagedException">The backup is damaged: nothing was changed.</exception>
    /// <exception cref="TaskHubInUseException">A process runs on the hub.</exception>
    public Task<RestoreReport> RestoreAsync(string backup, string who, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Task.Run(
            () =>
            {
                using TaskHubFile file = TaskHubFile.Own(Disk, path);
                return HubRestore.Run(file, backup, who, reason, clock.GetUtcNow(), cancellationToken);
            },
            cancellationToken);
    }

    private T Owning<T>(Func<TaskHubFile, SqliteDatabase, T> act)
    {
        if (!Disk.Exists(Path.GetFullPath(path)) && !Disk.Exists(Path.GetFullPath(path) + "-witness"))
        {
            throw new FileNotFoundException($"There is no task hub '{path}'.", path);
        }

        using TaskHubFile file = TaskHubFile.Acquire(Disk, path);
        try
        {
            using SqliteDatabase database = SqliteDatabase.OpenForWriting(file.Path, Disk.Vfs);
            return act(file, database);
        }
        catch (SqliteFailure failure)
        {
            throw new TaskHubUnavailableException(file.Path, failure);
        }
    }
}

/// <param name="Rows">Rows of history in the backup, which is also the position of the last.</param>
/// <param name="HeadHash">Hash of the last row, as hexadecimal digits.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record BackupReport(string Path, DateTimeOffset Time, long Rows, string HeadHash, long Bytes);

/// <param name="Rows">Rows of history that were put in place.</param>
/// <param name="ReplacedRows">Rows of what was there; null when there was nothing, or nothing that could be read.</param>
/// <param name="MovedAside">Where the files that were there are now.</param>
public sealed record RestoreReport(long Rows, long? ReplacedRows, IReadOnlyList<string> MovedAside);
