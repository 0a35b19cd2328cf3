namespace Orchestrator.Local.Backups;

/// <summary>What a backup says of itself.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="HubRows">Rows of history in the task hub.</param>
/// <param name="HubHead">Hash of the last of them.</param>
/// <param name="AuditRecords">Records in the audit log.</param>
internal sealed record BackupManifest(int Version, DateTimeOffset Time, long HubRows, string HubHead, long AuditRecords, IReadOnlyList<BackedUpFile> Files)
{
    public const int Current = 1;
}

internal sealed record BackedUpFile(string Name, long Bytes, string Sha256);

/// <summary>What was done, for whoever asked for it.</summary>
internal sealed record BackupDone(string File, DateTimeOffset Time, long HubRows, long AuditRecords, long Bytes);

/// <param name="ReplacedRows">Rows of the task hub that was there; null when there was none, or none that could be read.</param>
internal sealed record RestoreDone(DateTimeOffset BackupTime, long HubRows, long? ReplacedRows, long AuditRecords, IReadOnlyList<string> MovedAside);
