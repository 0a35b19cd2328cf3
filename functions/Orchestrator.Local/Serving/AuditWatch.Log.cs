namespace Orchestrator.Local.Serving;

internal sealed partial class AuditWatch
{
    [LoggerMessage(6101, LogLevel.Critical, "The audit log is not as it was written: {Finding} Keep records.db as it is, compare it with a backup, and find out who wrote to it.")]
    private static partial void Broken(ILogger logger, string finding);
}
