using Orchestrator.Agents.Audit;

namespace Orchestrator.Local.Serving;

/// <summary>
/// Walks the audit chain once after each start, beside the work, and says so in the log when it does not hold. It does not stop the product: cases in flight
/// are owed their end, and whoever damaged the log must not gain that.
/// </summary>
internal sealed partial class AuditWatch(IAuditLog audit, ILogger<AuditWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Reading is synchronous below: not on the thread that starts the other services.
            AuditVerdict verdict = await Task.Run(() => audit.VerifyAsync(stoppingToken), stoppingToken);
            if (!verdict.Holds)
            {
                Broken(logger, verdict.Finding);
            }
        }
        catch (Exception unreadable) when (!stoppingToken.IsCancellationRequested)
        {
            Broken(logger, unreadable.Message);
        }
    }
}
